/** Athena: a query in, rows out. */

import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type Row,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";

/** A column of a result, with Athena's name of its type: `varchar`, `decimal`, `bigint`, `timestamp`… */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** A result as Athena gives it: each value as its text, null where there is none. */
export interface QueryResult {
  readonly id: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Queries {
  /** Runs one query to its end and fetches every row of it. @throws QueryFailed */
  run(sql: string): Promise<QueryResult>;
}

/** A query that Athena refused or gave up, with its reason. */
export class QueryFailed extends Error {
  override readonly name = "QueryFailed";
  readonly queryId: string;

  constructor(queryId: string, reason: string) {
    super(reason);
    this.queryId = queryId;
  }
}

/** Athena in one workgroup, unqualified tables being those of one database. */
export function athenaQueries(at: {
  readonly client?: AthenaClient;
  readonly workGroup: string;
  readonly database: string;
  /** Waits that many milliseconds. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}): Queries {
  const client = at.client ?? new AthenaClient();
  const sleep = at.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  /** Asks often at first: on a laptop an answer is there in milliseconds. */
  async function finished(id: string): Promise<void> {
    for (let pause = 20; ; pause = Math.min(pause * 1.5, 2000)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const status = QueryExecution?.Status;
      if (status?.State === "SUCCEEDED") return;
      if (status?.State === "FAILED" || status?.State === "CANCELLED") {
        throw new QueryFailed(id, status.StateChangeReason ?? `the query ended as ${status.State}`);
      }
      await sleep(pause);
    }
  }

  async function results(id: string): Promise<QueryResult> {
    let columns: ResultColumn[] = [];
    const rows: (string | null)[][] = [];
    for await (const page of paginateGetQueryResults(
      { client },
      { QueryExecutionId: id, MaxResults: 1000 },
    )) {
      const info = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      if (columns.length === 0)
        columns = info.map(({ Name = "", Type = "" }) => ({ name: Name, type: Type }));
      rows.push(...(page.ResultSet?.Rows ?? []).map((row) => values(row, columns.length)));
    }
    // the first row of a SELECT is its header
    return { id, columns, rows: rows.slice(1) };
  }

  return {
    async run(sql) {
      const { QueryExecutionId: id = "" } = await client.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          WorkGroup: at.workGroup,
          QueryExecutionContext: { Database: at.database },
        }),
      );
      await finished(id);
      return await results(id);
    },
  };
}

function values(row: Row, width: number): (string | null)[] {
  return Array.from({ length: width }, (_, at) => row.Data?.[at]?.VarCharValue ?? null);
}
