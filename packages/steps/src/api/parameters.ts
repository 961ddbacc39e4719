/** The parameters of a request, read and checked: what is wrong is named. */

import {
  aliases,
  mostRecords,
  type Order,
  orders,
  type RecordParameter,
  type RecordRoute,
  recordParameters,
} from "@penstock/workflows/series-requests.ts";
import { type CursorScope, readCursor } from "./cursor.ts";
import { earliest, latest, parseInstant } from "./instants.ts";
import { wrong } from "./problem.ts";

/** A request for records. */
export interface RecordsRequest extends CursorScope {
  readonly limit: number;
  /** The time of the last row that the client has of them, in milliseconds since 1970. */
  readonly after: number | null;
}

/** @throws Problem naming a parameter that there is none of */
export function noParameters(query: URLSearchParams): void {
  const [name] = query.keys();
  if (name !== undefined) {
    throw wrong(name, { problem: "unknown parameter", found: name, expected: "none on this route" });
  }
}

/** @throws Problem naming the first parameter that is wrong */
export function recordsRequest(route: RecordRoute, key: string, query: URLSearchParams): RecordsRequest {
  const given = onlyKnown(query);
  const order = orderOf(given.order);
  const from = instantOf(given, "start") ?? earliest;
  const to = instantOf(given, "end") ?? latest;
  if (from > to) {
    const [start, end] = [nameGiven(given, "start"), nameGiven(given, "end")];
    throw wrong(start, {
      problem: `${start} is after ${end}`,
      found: given[start] ?? "",
      expected: `no later than ${given[end]}`,
    });
  }
  const scope = { route, key, order, from, to };
  return { ...scope, limit: limitOf(given.limit), after: afterOf(scope, given.cursor) };
}

type Given = Partial<Record<RecordParameter, string>>;

function onlyKnown(query: URLSearchParams): Given {
  const given: Given = {};
  for (const [name, value] of query) {
    const known = recordParameters.find((each) => each === name);
    if (known === undefined)
      throw wrong(name, { problem: "unknown parameter", found: name, known: recordParameters });
    if (given[known] !== undefined)
      throw wrong(name, { problem: `${name} is given twice`, found: value, expected: "one value" });
    given[known] = value;
  }
  return given;
}

function instantOf(given: Given, edge: "start" | "end"): number | null {
  if (given[edge] !== undefined && given[aliases[edge]] !== undefined) {
    throw wrong(aliases[edge], { problem: `${edge} and ${aliases[edge]} are two names of one parameter` });
  }
  const name = nameGiven(given, edge);
  const text = given[name];
  if (text === undefined) return null;
  const instant = parseInstant(text, edge);
  if (instant !== null) return instant;
  throw wrong(name, {
    problem: name,
    found: text,
    expected: "a day or an instant that exists, such as 2026-11-28 or 2026-11-28T21:05:00Z",
  });
}

const nameGiven = (given: Given, edge: "start" | "end"): RecordParameter =>
  given[edge] === undefined && given[aliases[edge]] !== undefined ? aliases[edge] : edge;

function limitOf(text: string | undefined): number {
  if (text === undefined) return mostRecords;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostRecords) return limit;
  throw wrong("limit", {
    problem: "limit",
    found: text,
    expected: `a whole number from 1 to ${mostRecords}`,
  });
}

function orderOf(text: string | undefined): Order {
  if (text === undefined) return "asc";
  const order = orders.find((each) => each === text);
  if (order !== undefined) return order;
  throw wrong("order", { problem: "order", found: text, expected: orders.join(" or "), known: orders });
}

function afterOf(scope: CursorScope, cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const after = readCursor(scope, cursor);
  if (after !== null) return after;
  throw wrong("cursor", {
    problem: "cursor",
    found: cursor,
    expected: "the next_cursor of an answer to the same request",
  });
}
