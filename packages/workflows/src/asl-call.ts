/** What each kind of task calls, as ASL. */

import { functionArnName } from "./fill.ts";
import type { TaskState } from "./state.ts";
import { aslTemplate, type Template } from "./template.ts";

/** What is called, with what, and which part of the answer is kept. */
export function callFields(task: TaskState<string>): Record<string, unknown> {
  switch (task.kind) {
    case "lambda":
      return {
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: {
          FunctionName: `\${${functionArnName(task.function)}}`,
          Payload: aslTemplate(task.payload),
        },
        ResultSelector: Object.fromEntries(task.returns.map((field) => [`${field}.$`, `$.Payload.${field}`])),
      };
    case "glueJob":
      return {
        Resource: "arn:aws:states:::glue:startJobRun.sync",
        Parameters: {
          JobName: "${JobName}",
          ...(task.workers === undefined
            ? {}
            : aslTemplate({ WorkerType: "G.1X", NumberOfWorkers: task.workers })),
          Arguments: aslTemplate(
            Object.fromEntries(Object.entries(task.arguments).map(([key, value]) => [`--${key}`, value])),
          ),
        },
      };
    case "athenaQuery":
      return {
        Resource: "arn:aws:states:::athena:startQueryExecution.sync",
        Parameters: {
          ...aslTemplate({ QueryString: task.query }),
          WorkGroup: "${WorkGroup}",
          QueryExecutionContext: { Database: "${Database}" },
        },
        ResultSelector: { "id.$": "$.QueryExecution.QueryExecutionId" },
      };
    case "athenaResults":
      return {
        Resource: "arn:aws:states:::athena:getQueryResults",
        Parameters: { ...aslTemplate({ QueryExecutionId: task.queryId }), MaxResults: task.maxRows },
        ResultSelector: { "rows.$": "$.ResultSet.Rows" },
      };
    case "publish":
      return {
        Resource: "arn:aws:states:::sns:publish",
        Parameters: {
          TopicArn: "${TopicArn}",
          ...aslTemplate({ Subject: task.subject, Message: task.message }),
          MessageAttributes: aslTemplate({
            ...messageAttributes("String", task.attributes),
            ...messageAttributes("Number", task.counts ?? {}),
          }),
        },
      };
  }
}

const messageAttributes = (
  DataType: "String" | "Number",
  attributes: { readonly [name: string]: Template },
): { [name: string]: Template } =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType, StringValue }]),
  );
