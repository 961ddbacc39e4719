import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import type { JsonObject } from "./json.ts";
import { bindParameters } from "./query-parameters.ts";
import { csv, type QueryResult } from "./query-result.ts";
import { writeWhole } from "./records.ts";

/** Runs Athena SQL; throws an error whose message is for the one who wrote the SQL. */
export type RunQuery = (
  sql: string,
  context: { lakeRoot: string; database: string },
  signal: AbortSignal,
) => Promise<QueryResult>;

/** What the Athena stand-in needs to know. */
export interface AthenaOptions {
  readonly run: RunQuery;
  readonly lakeRoot: string;
  /** The folder of the results' CSV files, and its URL with a slash at the end. */
  readonly results: string;
  readonly resultsUrl: string;
  /** The database of a query that names none. */
  readonly database: string;
  readonly workGroup: string;
}

/** What StartQueryExecution is given. */
export interface QueryRequest {
  readonly sql: string;
  readonly parameters?: readonly string[] | undefined;
  readonly database?: string | undefined;
  readonly workGroup?: string | undefined;
  readonly token?: string | undefined;
}

/** The states of a query, as Athena names them. */
export type QueryState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

interface QueryExecution {
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

/** Queries whose results are kept; the oldest give way. */
const kept = 500;

/** Amazon Athena: the wire's view of queries that DuckDB answers. */
export class Athena {
  readonly options: AthenaOptions;
  private readonly queries = new Map<string, QueryExecution>();

  constructor(options: AthenaOptions) {
    this.options = options;
    rmSync(options.results, { recursive: true, force: true });
  }

  /** Starts a query and returns its id; a token that was seen before names the query it named then. */
  start({ sql, parameters, database, workGroup, token }: QueryRequest): string {
    const seen =
      token === undefined ? undefined : [...this.queries.values()].find((query) => query.token === token);
    if (seen?.sql === sql) return seen.id;
    if (seen) throw new AwsError("InvalidRequestException", "Idempotent parameters do not match");
    if (workGroup !== undefined) this.checkWorkGroup(workGroup);
    const bound = bindParameters(sql, parameters ?? []);
    const context = { lakeRoot: this.options.lakeRoot, database: database ?? this.options.database };
    const started = Promise.withResolvers<QueryExecution>();
    const query: QueryExecution = {
      id: randomUUID(),
      sql,
      parameters,
      database: context.database,
      workGroup: workGroup ?? this.options.workGroup,
      token,
      submittedAt: Date.now(),
      state: "QUEUED",
      abort: new AbortController(),
      ended: started.promise.then((self) =>
        this.perform(self, () => this.options.run(bound, context, self.abort.signal)),
      ),
    };
    this.queries.set(query.id, query);
    started.resolve(query);
    this.forgetOldest();
    return query.id;
  }

  /** Cancels a query; one that has ended stays as it is. Throws InvalidRequestException. */
  stop(id: string): void {
    const query = this.find(id);
    if (query.state !== "QUEUED" && query.state !== "RUNNING") return;
    this.end(query, "CANCELLED", "Query cancelled by user");
    query.abort.abort();
  }

  /** Waits for a query's end. */
  async ended(id: string): Promise<QueryState> {
    const query = this.find(id);
    await query.ended;
    return query.state;
  }

  /** The ids of all queries of a workgroup, newest first. */
  list(workGroup: string | undefined): readonly string[] {
    const wanted = workGroup ?? this.options.workGroup;
    return [...this.queries.values()]
      .filter((query) => query.workGroup === wanted)
      .map((query) => query.id)
      .reverse();
  }

  /** The result of a query. Throws InvalidRequestException when it has none. */
  result(id: string): QueryResult {
    const query = this.find(id);
    if (query.result) return query.result;
    const why = query.reason === undefined ? "" : ` ${query.reason}`;
    throw new AwsError("InvalidRequestException", `Query has no result: its state is ${query.state}.${why}`);
  }

  /** The query as Athena's API gives it; times in seconds, or in milliseconds where Step Functions passes them on. */
  describe(id: string, perSecond: 1 | 1000): JsonObject {
    const query = this.find(id);
    const time = (milliseconds: number) => (perSecond === 1000 ? milliseconds : milliseconds / 1000);
    const took = (query.completedAt ?? Date.now()) - query.submittedAt;
    const failed = query.state === "FAILED";
    return {
      QueryExecutionId: query.id,
      Query: query.sql,
      StatementType: "DML",
      SubstatementType: "SELECT",
      ExecutionParameters: query.parameters?.length ? query.parameters : undefined,
      ResultConfiguration: { OutputLocation: `${this.options.resultsUrl}${query.id}.csv` },
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

  /** How many queries run now. */
  get active(): number {
    return [...this.queries.values()].filter(({ state }) => state === "QUEUED" || state === "RUNNING").length;
  }

  /** Throws InvalidRequestException for a workgroup that is not here. */
  checkWorkGroup(name: string): void {
    if (name === this.options.workGroup || name === "primary") return;
    throw new AwsError(
      "InvalidRequestException",
      `WorkGroup ${name} is not found; there are: ${this.options.workGroup}, primary.`,
    );
  }

  private async perform(query: QueryExecution, run: () => Promise<QueryResult>): Promise<void> {
    if (query.state !== "QUEUED") return;
    query.state = "RUNNING";
    try {
      const result = await run();
      if (query.state !== "RUNNING") return;
      writeWhole(join(this.options.results, `${query.id}.csv`), csv(result));
      query.result = result;
      this.end(query, "SUCCEEDED");
    } catch (error) {
      if (query.state === "RUNNING")
        this.end(query, "FAILED", error instanceof Error ? error.message : String(error));
    }
  }

  private end(query: QueryExecution, state: QueryState, reason?: string): void {
    query.state = state;
    query.completedAt = Date.now();
    if (reason !== undefined) query.reason = reason;
  }

  private find(id: string): QueryExecution {
    const found = this.queries.get(id);
    if (found) return found;
    throw new AwsError("InvalidRequestException", `QueryExecution ${id} was not found`);
  }

  private forgetOldest(): void {
    for (const query of this.queries.values()) {
      if (this.queries.size <= kept) return;
      if (query.state === "QUEUED" || query.state === "RUNNING") continue;
      this.queries.delete(query.id);
      rmSync(join(this.options.results, `${query.id}.csv`), { force: true });
    }
  }
}
