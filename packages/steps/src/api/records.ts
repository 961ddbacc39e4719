/** A page of records as JSON, written straight from what DynamoDB holds. */

import type { Column } from "@penstock/contracts/column.ts";
import type { Item } from "@penstock/lake/dynamo.ts";
import type { SeriesReads } from "@penstock/lake/series-reads.ts";
import { cursorOf } from "./cursor.ts";
import type { ApiFacts } from "./facts.ts";
import { instantText } from "./instants.ts";
import type { RecordsRequest } from "./parameters.ts";

/**
 * The most characters of an answer's records. A Lambda function may answer with 6 MB, in which every quote is escaped,
 * or a compressed body is in Base64.
 */
const mostCharacters = 3_500_000;

const second = 1000;

/** `{"site_id": "…", "records": […], "next_cursor": null}`; a page that would grow too long ends before its limit. */
export async function recordsJson(
  request: RecordsRequest,
  { columns, serves }: ApiFacts,
  reads: SeriesReads,
  most = mostCharacters,
): Promise<string> {
  const { key, time } = serves.series;
  const rows = await rowsOf(request, reads, [...columns.map(([name]) => name), "anomaly", "anomaly_reasons"]);
  const write = recordWriter(columns);
  const texts: string[] = [];
  let characters = 0;
  for (const row of rows.slice(0, request.limit)) {
    const text = write(row);
    characters += text.length;
    // one is always told, or the next page would be the same
    if (characters > most && texts.length > 0) break;
    texts.push(text);
  }
  const last = rows.length > texts.length ? rows[texts.length - 1]?.[time]?.S : undefined;
  const next = last === undefined ? null : cursorOf(request, last);
  return `{${JSON.stringify(key)}:${JSON.stringify(request.key)},"records":[${texts.join(",")}],"next_cursor":${JSON.stringify(next)}}`;
}

/** The rows of the page, and one more when there is one: whether there is decides about a cursor. */
async function rowsOf(
  request: RecordsRequest,
  reads: SeriesReads,
  attributes: readonly string[],
): Promise<readonly Item[]> {
  const { order, after } = request;
  // rows have times of whole seconds
  const from = order === "asc" && after !== null ? after + second : request.from;
  const to = order === "desc" && after !== null ? after - second : request.to;
  if (from > to) return [];
  return await reads.rows({
    key: request.key,
    from: instantText(from),
    to: instantText(to),
    order,
    most: request.limit + 1,
    anomalies: request.route === "anomalies",
    attributes,
  });
}

/** Numbers are written with the digits that they are stored with. */
function recordWriter(columns: ApiFacts["columns"]): (row: Item) => string {
  const fields = columns.map(([name, kind]) => ({
    name,
    before: `${JSON.stringify(name)}:`,
    type: storedAs[kind],
  }));
  return (row) => {
    let text = "{";
    for (const { name, before, type } of fields) text += `${before}${valueText(row[name], type)},`;
    const { anomaly, anomaly_reasons: reasons } = row;
    return `${text}"anomaly":${anomaly?.BOOL === true},"anomaly_reasons":${reasonsText(reasons)}}`;
  };
}

function valueText(value: Item[string] | undefined, type: "S" | "N" | "BOOL"): string {
  if (type === "N") return value?.N ?? "null";
  if (type === "S") return value?.S === undefined ? "null" : JSON.stringify(value.S);
  return value?.BOOL === undefined ? "null" : String(value.BOOL);
}

function reasonsText(reasons: Item[string] | undefined): string {
  if (reasons?.L === undefined || reasons.L.length === 0) return "[]";
  return JSON.stringify(reasons.L.map(({ S }) => S));
}

/** What a column's value is to DynamoDB. */
const storedAs: Readonly<Record<Column["kind"], "S" | "N" | "BOOL">> = {
  string: "S",
  boolean: "BOOL",
  integer: "N",
  long: "N",
  double: "N",
  decimal: "N",
  date: "S",
  timestamp: "S",
  oneOf: "S",
};
