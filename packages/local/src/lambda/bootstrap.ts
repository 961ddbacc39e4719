/**
 * What runs inside a Lambda sandbox: Lambda's Runtime API on one side, the bundle's handler on the other.
 * Started by sandbox.ts with the environment that AWS gives a function.
 */
import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

type Handler = (event: unknown, context: object) => unknown;

const env = process.env;
const api = `http://${env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let current: string | undefined;

// The watch runs on a thread of its own, so that a handler that never yields is watched too.
new Worker(new URL("./watch.ts", import.meta.url), {
  workerData: { parent: process.ppid, memoryMb: Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) },
  execArgv: ["--disable-warning=ExperimentalWarning"],
}).unref();

process.on("uncaughtException", (error) => void die(error));
process.on("unhandledRejection", (reason) => {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  void die(
    Object.assign(new Error(`${error.name}: ${error.message}`), {
      name: "Runtime.UnhandledPromiseRejection",
    }),
  );
});

await serve(await load());

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const { body, headers } = await call("GET", "/invocation/next");
    const id = String(headers["lambda-runtime-aws-request-id"]);
    const deadline = Number(headers["lambda-runtime-deadline-ms"]);
    current = id;
    try {
      const result = await handler(JSON.parse(body), context(id, deadline, headers));
      await call("POST", `/invocation/${id}/response`, JSON.stringify(result) ?? "null");
    } catch (error) {
      await call("POST", `/invocation/${id}/error`, described(error));
    }
    current = undefined;
  }
}

async function load(): Promise<Handler> {
  const [file, name] = String(env._HANDLER).split(".");
  const url = pathToFileURL(join(String(env.LAMBDA_TASK_ROOT), `${file}.mjs`)).href;
  try {
    const module: Record<string, unknown> = await import(url);
    const handler = module[String(name)];
    if (typeof handler === "function") return handler as Handler;
    throw Object.assign(new Error(`${file}.${name} is undefined or not exported`), {
      name: "Runtime.HandlerNotFound",
    });
  } catch (error) {
    await call("POST", "/init/error", described(importError(error)));
    process.exit(1);
  }
}

function importError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const missing = "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  const name = missing
    ? "Runtime.ImportModuleError"
    : error instanceof SyntaxError
      ? "Runtime.UserCodeSyntaxError"
      : error.name;
  return Object.assign(error, { name });
}

async function die(error: Error): Promise<void> {
  console.error(error.stack ?? error.message);
  if (current !== undefined)
    await call("POST", `/invocation/${current}/error`, described(error), { "x-penstock-last": "true" });
  process.exit(129);
}

function described(error: unknown): string {
  if (!(error instanceof Error))
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  return JSON.stringify({
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? "").split("\n"),
  });
}

function context(id: string, deadline: number, headers: IncomingHttpHeaders): object {
  return {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function call(
  method: string,
  path: string,
  body?: string,
  more: OutgoingHttpHeaders = {},
): Promise<{ body: string; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...more,
      "content-type": "application/json",
      "x-penstock-peak-kb": String(process.resourceUsage().maxRSS),
    };
    const sent = request(`${api}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ body: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
