/** The standard retry and catch of every task: transient errors only, so that a real failure shows at once. */

import type { TaskState } from "./state.ts";

/** Errors that pass by themselves, by the service that a task calls. */
const transientErrors = {
  lambda: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
  glueJob: [
    "Glue.ConcurrentRunsExceededException",
    "Glue.InternalServiceException",
    "Glue.OperationTimeoutException",
    "Glue.ResourceNumberLimitExceededException",
    "Glue.ThrottlingException",
    "Glue.SdkClientException",
  ],
  athenaQuery: [
    "Athena.InternalServerException",
    "Athena.TooManyRequestsException",
    "Athena.ThrottlingException",
    "Athena.SdkClientException",
  ],
  athenaResults: [
    "Athena.InternalServerException",
    "Athena.TooManyRequestsException",
    "Athena.ThrottlingException",
    "Athena.SdkClientException",
  ],
  publish: [
    "SNS.InternalErrorException",
    "SNS.KMSThrottlingException",
    "SNS.ThrottledException",
    "SNS.ThrottlingException",
    "SNS.SdkClientException",
  ],
} as const satisfies Record<TaskState<string>["kind"], readonly string[]>;

/** A function's process was killed or ran out of memory: each may be invoked twice, but not for ever. */
const died = { ErrorEquals: ["Runtime.ExitError"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 };

/** ASL retriers: up to about four minutes in all, spread at random so that many callers do not come back at once. */
export function standardRetry(task: TaskState<string>): object[] {
  return [
    {
      ErrorEquals: [...transientErrors[task.kind], ...(task.transient ?? [])],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 6,
      MaxDelaySeconds: 90,
      JitterStrategy: "FULL",
    },
    ...(task.kind === "lambda" ? [died] : []),
  ];
}

/** An ASL catcher: whatever failed, its name and cause go to `at` and the execution to `next`. */
export function standardCatch(next: string, at: string = "$.failure"): object[] {
  return [{ ErrorEquals: ["States.ALL"], ResultPath: at, Next: next }];
}
