import type { Json, JsonObject } from "../json.ts";

/** An asynchronous invocation that was given up; `payload` and `response` are JSON texts. */
export interface GivenUp {
  readonly arn: string;
  readonly requestId: string;
  readonly attempts: number;
  readonly payload: string;
  readonly response: string;
}

/** The record that Lambda sends to a function's on-failure destination. */
export const failureRecord = (event: GivenUp, now: Date): JsonObject => ({
  version: "1.0",
  timestamp: now.toISOString(),
  requestContext: {
    requestId: event.requestId,
    functionArn: `${event.arn}:$LATEST`,
    condition: "RetriesExhausted",
    approximateInvokeCount: event.attempts,
  },
  requestPayload: JSON.parse(event.payload) as Json,
  responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
  responsePayload: JSON.parse(event.response) as Json,
});
