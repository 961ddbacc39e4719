/** Athena: a query in, rows out. */

import {
  AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";

/** A column of a result, with Athena's name of its type: `varchar`, `decimal`, `bigint`, `timestamp`… */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** Rows as Athena gives them: each value as its text, null where there is none. */
export type ResultRows = readonly (readonly (string | null)[])[];

/** A result, whole. */
export interface QueryResult {
  readonly id: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: ResultRows;
}

/** A result that is fetched as it is read. */
export interface PagedResult {
  readonly id: string;
  /** Bytes that the query read, which is what it costs. */
  readonly scanned: number;
  /** Here a decimal's type has its parameters: `decimal(10,3)`. */
  readonly columns: readonly ResultColumn[];
  readonly pages: AsyncIterable<ResultRows>;
}

export interface Queries {
  /** Runs one query to its end and fetches every row of it. @throws QueryFailed */
  run(sql: string): Promise<QueryResult>;
}

export interface PagedQueries extends Queries {
  /** Runs one query to its end and fetches no more than its first page. @throws QueryFailed */
  paged(sql: string): Promise<PagedResult>;
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
}): PagedQueries {
  const client = at.client ?? new AthenaClient();
  const sleep = at.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  /** Asks often at first: on a laptop an answer is there in milliseconds. One that takes long is late by a fifth. */
  async function finished(id: string): Promise<QueryExecution> {
    for (let pause = 20; ; pause = Math.min(pause * 1.2, 2000)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const status = QueryExecution?.Status;
      if (QueryExecution !== undefined && status?.State === "SUCCEEDED") return QueryExecution;
      if (status?.State === "FAILED" || status?.State === "CANCELLED") {
        throw new QueryFailed(id, status.StateChangeReason ?? `the query ended as ${status.State}`);
      }
      await sleep(pause);
    }
  }

  async function ran(sql: string): Promise<{ id: string; scanned: number }> {
    const { QueryExecutionId: id = "" } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: at.workGroup,
        QueryExecutionContext: { Database: at.database },
      }),
    );
    const { Statistics } = await finished(id);
    return { id, scanned: Statistics?.DataScannedInBytes ?? 0 };
  }

  async function* pagesOf(id: string): AsyncGenerator<{ info: readonly ColumnInfo[]; rows: ResultRows }> {
    let isFirst = true;
    const asked = { QueryExecutionId: id, MaxResults: 1000 };
    for await (const { ResultSet } of paginateGetQueryResults({ client }, asked)) {
      const info = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      const rows = (ResultSet?.Rows ?? []).map((row) => values(row, info.length));
      yield { info, rows: isFirst ? withoutHeader(rows, info) : rows };
      isFirst = false;
    }
  }

  return {
    async run(sql) {
      const { id } = await ran(sql);
      let columns: readonly ResultColumn[] = [];
      const rows: (readonly (string | null)[])[] = [];
      for await (const page of pagesOf(id)) {
        if (columns.length === 0)
          columns = page.info.map(({ Name = "", Type = "" }) => ({ name: Name, type: Type }));
        rows.push(...page.rows);
      }
      return { id, columns, rows };
    },

    async paged(sql) {
      const { id, scanned } = await ran(sql);
      const pages = pagesOf(id);
      const { done, value } = await pages.next();
      const first = done ? undefined : value;
      return {
        id,
        scanned,
        columns: (first?.info ?? []).map((info) => ({ name: info.Name ?? "", type: fullType(info) })),
        pages: (async function* () {
          if (first) yield first.rows;
          for await (const { rows } of pages) yield rows;
        })(),
      };
    },
  };
}

function values(row: Row, width: number): (string | null)[] {
  return Array.from({ length: width }, (_, at) => row.Data?.[at]?.VarCharValue ?? null);
}

/** A SELECT's first row is its header; what SHOW and DESCRIBE tell has none. */
function withoutHeader(rows: ResultRows, info: readonly ColumnInfo[]): ResultRows {
  const isHeader = info.every(({ Name = "" }, at) => rows[0]?.[at] === Name);
  return isHeader ? rows.slice(1) : rows;
}

const fullType = ({ Type = "", Precision, Scale }: ColumnInfo): string =>
  Type === "decimal" ? `decimal(${Precision},${Scale})` : Type;
