import { AwsError } from "./aws-error.ts";
import type { JsonObject } from "./json.ts";

/** A query's answer: types by Athena's names, values in Athena's text. */
export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Athena's precision of the types that carry no precision of their own. */
const precisions: Readonly<Record<string, number>> = {
  varchar: 2147483647,
  char: 1,
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  float: 17,
  double: 17,
  timestamp: 3,
  "timestamp with time zone": 3,
};

/** A column as GetQueryResults describes it; `decimal(10,3)` is type decimal, precision 10, scale 3. */
function columnInfo({ name, type }: QueryResult["columns"][number]): JsonObject {
  const [, base = type, precision, scale] =
    /^(decimal|varchar|char|timestamp)\((\d+)(?:,\s*(\d+))?\)(?: .*)?$/.exec(type) ?? [];
  const plain = /^(array|map|row)\b/.exec(base)?.[1] ?? base;
  const zone = type.endsWith("with time zone") && plain === "timestamp" ? `${plain} with time zone` : plain;
  return {
    CatalogName: "hive",
    SchemaName: "",
    TableName: "",
    Name: name,
    Label: name,
    Type: zone,
    Precision: precision === undefined ? (precisions[zone] ?? 0) : Number(precision),
    Scale: scale === undefined ? 0 : Number(scale),
    Nullable: "UNKNOWN",
    CaseSensitive: zone === "varchar" || zone === "char",
  };
}

/** The result as Athena writes it to its output location: every value quoted, NULL left empty. */
export function csv({ columns, rows }: QueryResult): string {
  const quoted = (value: string | null) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`);
  const lines = [columns.map((column) => column.name), ...rows].map((row) => row.map(quoted).join(","));
  return `${lines.join("\n")}\n`;
}

/** One page of a result as GetQueryResults gives it; the header row comes first, on the first page alone. */
export function resultPage(result: QueryResult, token: string | undefined, size: number): JsonObject {
  const header = result.columns.map((column) => column.name);
  const rows = [header, ...result.rows];
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError("InvalidRequestException", `Invalid token: ${token}`);
  const end = start + size;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: rows.slice(start, end).map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
      ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
    },
    NextToken: end < rows.length ? String(end) : undefined,
  };
}
