/** The roles of a pipeline: each with its policy and everything that whoever has it calls. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { TaskState } from "@penstock/workflows/state.ts";
import { allStates } from "@penstock/workflows/workflow.ts";
import { pipelinePolicies } from "../pipeline-policies.ts";
import type { PolicyDocument } from "../policy-document.ts";
import type { Request } from "./ask.ts";
import { readRequests, writeRequests } from "./declared-requests.ts";
import { at, bucket, environment, keyArn, onKey } from "./example.ts";

export interface Role {
  readonly name: string;
  readonly policy: PolicyDocument;
  readonly requests: readonly Request[];
}

export function rolesOf(pipeline: Pipeline): Role[] {
  const { functions, job, stateMachine, triggers } = pipelinePolicies(pipeline, environment, { keyArn });
  const name = `penstock-dev-${pipeline.name}`;
  const declared = (isMine: (task: TaskState<string>) => boolean): Request[] =>
    allStates(pipeline.workflow).flatMap(([, state]) =>
      "reads" in state && isMine(state)
        ? [
            ...state.reads.flatMap((access) => readRequests(access, pipeline)),
            ...state.writes.flatMap((access) => writeRequests(access, pipeline)),
          ]
        : [],
    );
  const started = allStates(pipeline.workflow).flatMap(([, state]): Request[] => {
    if (state.kind === "lambda") {
      return [
        { action: "lambda:InvokeFunction", resource: at("lambda", `function:${name}-${state.function}`) },
      ];
    }
    if (state.kind !== "glueJob") return [];
    return ["StartJobRun", "GetJobRun", "GetJobRuns", "BatchStopJobRun"].map((action) => ({
      action: `glue:${action}`,
      resource: at("glue", `job/${name}`),
    }));
  });
  const deadLetters: Request[] = [
    { action: "sqs:SendMessage", resource: at("sqs", `${name}-dead-letters`) },
    onKey("GenerateDataKey", "sqs"),
    onKey("Decrypt", "sqs"),
  ];
  return [
    ...Object.entries(functions).map(([app, policy]) => ({
      name: `${pipeline.name}: ${app}`,
      policy,
      requests: [
        ...declared((task) => task.kind === "lambda" && task.function === app),
        ...logging(`/aws/lambda/${name}-${app}`, ["CreateLogStream", "PutLogEvents"]),
        ...unbound("xray", ["PutTraceSegments", "PutTelemetryRecords"]),
        ...deadLetters,
      ],
    })),
    {
      name: `${pipeline.name}: the job`,
      policy: job,
      requests: [
        ...declared((task) => task.kind === "glueJob"),
        { action: "s3:GetObject", resource: `${bucket("code")}/jobs/job.py` },
        { action: "s3:ListBucket", resource: bucket("code") },
        onKey("Decrypt", "s3"),
        ...["output", "error"].flatMap((kind) => [
          ...logging(`/aws-glue/jobs/${name}/${kind}`, ["CreateLogStream", "PutLogEvents"]),
          {
            action: "logs:CreateLogGroup",
            resource: at("logs", `log-group:/aws-glue/jobs/${name}/${kind}:`),
          },
        ]),
        ...unbound("cloudwatch", ["PutMetricData"], { "cloudwatch:namespace": "Glue" }),
      ],
    },
    {
      name: `${pipeline.name}: the state machine`,
      policy: stateMachine,
      requests: [
        ...started,
        ...declared((task) => ["athenaQuery", "athenaResults", "publish"].includes(task.kind)),
        ...unbound("logs", [
          "CreateLogDelivery",
          "GetLogDelivery",
          "UpdateLogDelivery",
          "DeleteLogDelivery",
          "ListLogDeliveries",
          "PutResourcePolicy",
          "DescribeResourcePolicies",
          "DescribeLogGroups",
        ]),
        ...unbound("xray", [
          "PutTraceSegments",
          "PutTelemetryRecords",
          "GetSamplingRules",
          "GetSamplingTargets",
        ]),
      ],
    },
    {
      name: `${pipeline.name}: the triggers`,
      policy: triggers,
      requests: [
        { action: "states:StartExecution", resource: at("states", `stateMachine:${name}`) },
        ...deadLetters,
      ],
    },
  ];
}

function logging(group: string, actions: readonly string[]): Request[] {
  return actions.map((action) => ({
    action: `logs:${action}`,
    resource: at("logs", `log-group:${group}:log-stream:s1`),
  }));
}

function unbound(service: string, actions: readonly string[], context?: Request["context"]): Request[] {
  return actions.map((action) => ({
    action: `${service}:${action}`,
    resource: "*",
    ...(context === undefined ? {} : { context }),
  }));
}
