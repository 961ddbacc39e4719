/** Where whatever fails goes: the run says so, people are told, and the execution ends with the first reason. */

import { ledger, runs, topic } from "./access.ts";
import { runNotice } from "./run-notice.ts";
import { fail, lambda, publish } from "./state.ts";
import { executionId, path } from "./template.ts";

export const failureStates = ({ timeoutSeconds }: { readonly timeoutSeconds: number }) => ({
  RecordFailure: lambda({
    comment: "Marks the run as failed, with the reason, and gives the lease back.",
    function: "plan-run",
    payload: {
      action: "fail",
      // the run is found by the lease that this execution holds: a failing Claim has no run id to give
      execution: executionId,
      error: path("$.failure.Error"),
      cause: path("$.failure.Cause"),
    },
    returns: ["notice"],
    resultAt: "$.failed",
    timeoutSeconds,
    reads: [ledger],
    writes: [runs, ledger],
    next: "NotifyFailure",
    onError: "RunFailed",
    errorAt: "$.unrecorded",
  }),
  NotifyFailure: publish({
    ...runNotice("$.failed.notice"),
    timeoutSeconds: 60,
    resultAt: null,
    reads: [],
    writes: [topic],
    next: "RunFailed",
    onError: "RunFailed",
    errorAt: "$.unsent",
  }),
  RunFailed: fail({ error: path("$.failure.Error"), cause: path("$.failure.Cause") }),
});
