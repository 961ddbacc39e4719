import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import type { JsonObject } from "./json.ts";
import { describeQuery, isUnderWay, type QueryExecution, type QueryState } from "./query-execution.ts";
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

  /** Runs a first query, which takes longer than any after it. */
  async warmUp(): Promise<void> {
    const { lakeRoot, database, run } = this.options;
    await run("SELECT 1 AS ready", { lakeRoot, database }, new AbortController().signal);
  }

  /** Cancels a query; one that has ended stays as it is. Throws InvalidRequestException. */
  stop(id: string): void {
    const query = this.find(id);
    if (!isUnderWay(query)) return;
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

  /** The query as Athena's API gives it; see describeQuery. */
  describe(id: string, perSecond: 1 | 1000): JsonObject {
    return describeQuery(this.find(id), this.options.resultsUrl, perSecond);
  }

  /** How many queries run now. */
  get active(): number {
    return [...this.queries.values()].filter(isUnderWay).length;
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
      if (isUnderWay(query)) continue;
      this.queries.delete(query.id);
      rmSync(join(this.options.results, `${query.id}.csv`), { force: true });
    }
  }
}
