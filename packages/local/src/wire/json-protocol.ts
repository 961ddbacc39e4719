import { AwsError, unknownOperation } from "../aws-error.ts";
import { type JsonObject, parseObject } from "../json.ts";

/** Answers one operation; throws AwsError for what AWS would refuse. */
export type Operation = (input: JsonObject) => JsonObject | Promise<JsonObject>;

/** A service that speaks AWS's JSON protocol: `X-Amz-Target: <target>.<operation>`. */
export interface JsonService {
  /** Its name for people. */
  readonly name: string;
  readonly target: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An answer to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Answers a request of the JSON protocol. Failures are answers too. */
export async function answerJson(service: JsonService, operation: string, body: string): Promise<Answer> {
  const headers = { "content-type": "application/x-amz-json-1.1" };
  try {
    const perform = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
    if (!perform) throw unknownOperation(service.name, operation, Object.keys(service.operations));
    const result = await perform(parseInput(body));
    return { status: 200, headers, body: JSON.stringify(result) };
  } catch (error) {
    return refuseJson(error);
  }
}

/** A failure as the JSON protocol puts it. */
export function refuseJson(error: unknown): Answer {
  const { code, message, status, queryCode } = asAwsError(error);
  return {
    status,
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": code,
      ...(queryCode === undefined ? {} : { "x-amzn-query-error": `${queryCode};Sender` }),
    },
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

/** What AWS says of a failure; one that nobody foresaw is the service's own. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError("InternalServerException", error instanceof Error ? error.message : String(error), 500);
}

function parseInput(body: string): JsonObject {
  if (body === "") return {};
  try {
    return parseObject(body);
  } catch (error) {
    throw new AwsError("SerializationException", error instanceof Error ? error.message : String(error));
  }
}
