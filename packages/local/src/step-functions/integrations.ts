import { randomUUID } from "node:crypto";
import type { Athena } from "../athena.ts";
import { jobRunJson } from "../glue/job-run.ts";
import type { Glue } from "../glue.ts";
import {
  isObject,
  type Json,
  type JsonObject,
  optionalNumber,
  optionalText,
  requiredText,
  textList,
  textMap,
} from "../json.ts";
import type { Lambda } from "../lambda.ts";
import { resultPage } from "../query-result.ts";
import type { Notice, Sns } from "../sns.ts";
import { TaskError, type TaskHandler, type TaskHandlers } from "./tasks.ts";

/** The services that a Task can call. */
export interface Integrated {
  readonly lambda: Lambda;
  readonly glue: Glue;
  readonly athena: Athena;
  readonly sns: Sns;
}

/** The service integrations of Step Functions that Penstock's workflows use. */
export function integrations({ lambda, glue, athena, sns }: Integrated): TaskHandlers {
  return {
    "arn:aws:states:::lambda:invoke": named("Lambda", async ({ input }) => {
      const payload = JSON.stringify(input.Payload ?? {});
      const result = await lambda.invoke(requiredText(input, "FunctionName"), payload);
      if (result.failed) throw lambdaError(result.payload);
      const answer: Json = JSON.parse(result.payload);
      return { ExecutedVersion: "$LATEST", Payload: answer, StatusCode: 200, ...metadata(result.requestId) };
    }),

    "arn:aws:states:::glue:startJobRun.sync": named("Glue", async ({ input, signal }) => {
      const job = requiredText(input, "JobName");
      const id = glue.start(job, textMap(input, "Arguments"), optionalNumber(input, "Timeout"));
      const run = await untilAborted(glue.ended(job, id), signal, () => glue.stop(job, id));
      const described = jobRunJson(run, 1000);
      if (run.state !== "SUCCEEDED") throw new TaskError("States.TaskFailed", JSON.stringify(described));
      return described;
    }),

    "arn:aws:states:::athena:startQueryExecution.sync": named("Athena", async ({ input, signal }) => {
      const id = startQuery(athena, input);
      const state = await untilAborted(athena.ended(id), signal, async () => athena.stop(id));
      const described = { QueryExecution: athena.describe(id, 1000) };
      if (state !== "SUCCEEDED") throw new TaskError("States.TaskFailed", JSON.stringify(described));
      return described;
    }),

    "arn:aws:states:::athena:getQueryResults": named("Athena", async ({ input }) => {
      const result = athena.result(requiredText(input, "QueryExecutionId"));
      return resultPage(
        result,
        optionalText(input, "NextToken"),
        optionalNumber(input, "MaxResults") ?? 1000,
      );
    }),

    "arn:aws:states:::sns:publish": named("SNS", async ({ input }) => {
      const message = input.Message;
      const id = sns.publish({
        topic: requiredText(input, "TopicArn"),
        message: typeof message === "string" ? message : JSON.stringify(message ?? ""),
        subject: optionalText(input, "Subject"),
        attributes: attributesOf(input),
      });
      return { MessageId: id, ...metadata(randomUUID()) };
    }),
  };
}

/** Starts a query as StartQueryExecution is asked to. */
export function startQuery(athena: Athena, input: JsonObject): string {
  const context = isObject(input.QueryExecutionContext) ? input.QueryExecutionContext : {};
  return athena.start({
    sql: requiredText(input, "QueryString"),
    parameters: textList(input, "ExecutionParameters"),
    database: optionalText(context, "Database"),
    workGroup: optionalText(input, "WorkGroup"),
    token: optionalText(input, "ClientRequestToken"),
  });
}

function attributesOf(input: JsonObject): Notice["attributes"] {
  const attributes = isObject(input.MessageAttributes) ? input.MessageAttributes : {};
  return Object.fromEntries(
    Object.entries(attributes)
      .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
      .map(([key, { DataType: type, StringValue: value }]) => [
        key,
        { type: String(type), value: String(value) },
      ]),
  );
}

/** Errors of a service's own go out under the service's name, as in `Glue.EntityNotFoundException`. */
function named(service: string, handler: TaskHandler): TaskHandler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof TaskError) throw error;
      if (!(error instanceof Error)) throw new TaskError("States.Runtime", String(error));
      const exception = error.name.endsWith("Exception") ? error.name : `${error.name}Exception`;
      throw new TaskError(`${service}.${exception}`, error.message);
    }
  };
}

/** A function's failure: its own error's name, and the whole payload as cause. */
function lambdaError(payload: string): TaskError {
  const failure: unknown = JSON.parse(payload);
  const name =
    isObject(failure) && typeof failure.errorType === "string" ? failure.errorType : "Lambda.Unknown";
  return new TaskError(name, payload);
}

/** Waits for a job; when the state is over before it is, the job is ended too, as Step Functions does. */
async function untilAborted<T>(job: Promise<T>, signal: AbortSignal, stop: () => Promise<void>): Promise<T> {
  const end = () => void stop().catch(() => undefined);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  try {
    return await job;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** What Step Functions adds to the answer of a call that it makes by an SDK. */
const metadata = (requestId: string): JsonObject => ({
  SdkHttpMetadata: { HttpStatusCode: 200 },
  SdkResponseMetadata: { RequestId: requestId },
});
