/** The roles of a pipeline: each with its policy and everything that whoever has it calls. */

import type { Accesses } from "@penstock/workflows/access.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
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
  const { functions, job, stateMachine, objects, schedules } = pipelinePolicies(pipeline, environment, {
    keyArn,
  });
  const name = `penstock-dev-${pipeline.name}`;
  const declared = (isMine: (task: TaskState<string>) => boolean): Request[] =>
    allStates(pipeline.workflow).flatMap(([, state]) =>
      "reads" in state && isMine(state) ? doing(state, pipeline) : [],
    );
  const invoking = (app: string): Request => ({
    action: "lambda:InvokeFunction",
    resource: at("lambda", `function:${name}-${app}`),
  });
  const starting: Request = {
    action: "states:StartExecution",
    resource: at("states", `stateMachine:${name}`),
  };
  const started = allStates(pipeline.workflow).flatMap(([, state]): Request[] => {
    if (state.kind === "lambda") return [invoking(state.function)];
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
        ...startedFunctions(pipeline)
          .filter((each) => each.app === app)
          .flatMap((each) => doing(each, pipeline)),
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
    ...(objects === null
      ? []
      : [{ name: `${pipeline.name}: what objects start`, policy: objects, requests: [starting] }]),
    {
      name: `${pipeline.name}: what the clock starts`,
      policy: schedules,
      requests: [
        starting,
        ...startedFunctions(pipeline).flatMap(({ app, by }) =>
          by.kind === "schedule" ? [invoking(app)] : [],
        ),
        ...deadLetters,
      ],
    },
  ];
}

/** What code calls that does what it declares. */
const doing = ({ reads, writes }: Accesses, pipeline: Pipeline): Request[] => [
  ...reads.flatMap((access) => readRequests(access, pipeline)),
  ...writes.flatMap((access) => writeRequests(access, pipeline)),
];

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
