import type { JsonObject } from "./json.ts";
import type { QueryResult } from "./query-result.ts";

/** The states of a query, as Athena names them. */
export type QueryState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

/** One query; times in milliseconds. */
export interface QueryExecution {
  readonly id: string;
  readonly sql: string;
  readonly parameters: readonly string[] | undefined;
  readonly database: string;
  readonly workGroup: string;
  readonly token: string | undefined;
  readonly submittedAt: number;
  readonly ended: Promise<void>;
  readonly abort: AbortController;
  state: QueryState;
  completedAt?: number;
  reason?: string;
  result?: QueryResult;
}

export const isUnderWay = ({ state }: QueryExecution): boolean => state === "QUEUED" || state === "RUNNING";

/** The query as Athena's API gives it; times in seconds, or in milliseconds where Step Functions passes them on. */
export function describeQuery(query: QueryExecution, resultsUrl: string, perSecond: 1 | 1000): JsonObject {
  const time = (milliseconds: number) => (perSecond === 1000 ? milliseconds : milliseconds / 1000);
  const took = (query.completedAt ?? Date.now()) - query.submittedAt;
  const failed = query.state === "FAILED";
  return {
    QueryExecutionId: query.id,
    Query: query.sql,
    StatementType: "DML",
    SubstatementType: "SELECT",
    ExecutionParameters: query.parameters?.length ? query.parameters : undefined,
    ResultConfiguration: { OutputLocation: `${resultsUrl}${query.id}.csv` },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: query.database },
    Status: {
      State: query.state,
      StateChangeReason: query.reason,
      SubmissionDateTime: time(query.submittedAt),
      CompletionDateTime: query.completedAt === undefined ? undefined : time(query.completedAt),
      // 2 is the user's own: the SQL, not the engine.
      AthenaError: failed
        ? { ErrorCategory: 2, ErrorType: 1301, Retryable: false, ErrorMessage: query.reason }
        : undefined,
    },
    Statistics: {
      EngineExecutionTimeInMillis: took,
      TotalExecutionTimeInMillis: took,
      QueryQueueTimeInMillis: 0,
      ServiceProcessingTimeInMillis: 0,
      DataScannedInBytes: 0,
    },
    WorkGroup: query.workGroup,
    EngineVersion: { SelectedEngineVersion: "AUTO", EffectiveEngineVersion: "Athena engine version 3" },
  };
}
