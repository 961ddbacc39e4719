import { AwsError, unknownOperation } from "../aws-error.ts";
import type { EventQueue } from "../lambda/event-queue.ts";
import type { LambdaFunction } from "../lambda/function.ts";
import { checkSize, type Lambda } from "../lambda.ts";
import { type Answer, asAwsError } from "./json-protocol.ts";

const functionsPath = /^\/2015-03-31\/functions(?:\/([^/]+)(\/invocations|\/configuration)?)?\/?$/;

/** Whether a request is for Lambda's API, which is told by its path. */
export const isLambdaPath = (path: string): boolean => /^\/20\d\d-\d\d-\d\d\/functions\b/.test(path);

/** Lambda's API: invoke a function, and read what there is. Failures are answers too. */
export async function answerLambda(
  services: { readonly lambda: Lambda; readonly eventQueue: EventQueue },
  method: string,
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): Promise<Answer> {
  const { lambda, eventQueue } = services;
  try {
    const [matched, encoded, part] = functionsPath.exec(path) ?? [];
    const name = decodeURIComponent(encoded ?? "");
    if (matched && method === "POST" && part === "/invocations")
      return await invoke(lambda, eventQueue, name, headers, body);
    if (matched && method === "GET" && part === "/configuration") {
      return json(200, configuration(lambda, lambda.find(name)));
    }
    if (matched && method === "GET" && encoded && !part) {
      return json(200, { Configuration: configuration(lambda, lambda.find(name)) });
    }
    if (matched && method === "GET" && !encoded) {
      return json(200, { Functions: lambda.functions().map((found) => configuration(lambda, found)) });
    }
    throw unknownOperation("Lambda", `${method} ${path}`, operations);
  } catch (error) {
    const { code, message, status } = asAwsError(error);
    return json(
      status,
      { Type: status < 500 ? "User" : "Service", Message: message },
      { "x-amzn-errortype": code },
    );
  }
}

const operations = ["Invoke", "GetFunction", "GetFunctionConfiguration", "ListFunctions"];

async function invoke(
  lambda: Lambda,
  eventQueue: EventQueue,
  name: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): Promise<Answer> {
  const event = body === "" ? "{}" : body;
  checkEvent(event);
  const type = headers["x-amz-invocation-type"] ?? "RequestResponse";
  const found = lambda.find(name);
  if (type === "DryRun") return { status: 204, headers: {}, body: "" };
  if (type === "Event") {
    checkSize(event, 1_048_576);
    const { deadLetters } = found;
    eventQueue.accept({ function: found.name, payload: event, deadLetters, unattended: false });
    return { status: 202, headers: {}, body: "" };
  }
  const { payload, failed, log } = await lambda.invoke(name, event);
  const tail = Buffer.from(log.join("\n")).subarray(-4096).toString("base64");
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-amz-executed-version": "$LATEST",
      ...(failed ? { "x-amz-function-error": "Unhandled" } : {}),
      ...(headers["x-amz-log-type"] === "Tail" ? { "x-amz-log-result": tail } : {}),
    },
    body: payload,
  };
}

function checkEvent(event: string): void {
  try {
    JSON.parse(event);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${String(error)}`,
    );
  }
}

function configuration(lambda: Lambda, { name, handler, memoryMb, timeoutSeconds }: LambdaFunction): object {
  return {
    FunctionName: name,
    FunctionArn: lambda.arn(name),
    Runtime: "nodejs22.x",
    Handler: handler,
    MemorySize: memoryMb,
    Timeout: timeoutSeconds,
    Version: "$LATEST",
    PackageType: "Zip",
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}

const json = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});
