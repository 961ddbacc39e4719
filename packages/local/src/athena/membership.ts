/** IN, ANY and ALL, and subqueries as values. */

import { comparable, compare, key } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, list, only, required } from "./node.ts";
import type { Context } from "./scope.ts";
import { sub } from "./scope.ts";
import { boolean, type Type } from "./type.ts";
import { made, type Value } from "./value.ts";

export function isIn(f: Fields, context: Context): Value {
  only("IN", f, ["this", "expressions", "query", "not"]);
  const value = sub(f["this"], context);
  const not = f["not"] === true ? "NOT " : "";
  const query = child(f["query"]);
  if (query !== undefined) {
    const found = context.statement.query(query, context);
    const [a, sql] = oneColumn(value, found, "IN");
    return {
      ...made(boolean, `(${a.sql} ${not}IN (${sql}))`, [value]),
      columns: [...value.columns, ...found.outer],
    };
  }
  const items = list(f["expressions"]).map((item) => context.statement.expression(item, context));
  if (items.length === 0) throw new AthenaError("SYNTAX_ERROR", "IN needs at least one value");
  const tests = items.map((item) => compare("=", value, item));
  const either = `(${not}(${tests.map((test) => test.sql).join(" OR ")}))`;
  const same = items.every((item) => item.type.kind === value.type.kind && item.constant !== undefined);
  const short = `(${key(value)} ${not}IN (${items.map((item) => item.sql).join(", ")}))`;
  return made(boolean, same && value.type.kind !== "decimal" ? short : either, [value, ...items]);
}

/** A query of one column, beside a value that it is compared with: both as their common type. */
function oneColumn(
  value: Value,
  query: { sql: string; columns: readonly { id: string; type: Type }[] },
  what: string,
): [Value, string] {
  const [column, second] = query.columns;
  if (column === undefined || second !== undefined) {
    throw new AthenaError("SYNTAX_ERROR", `the subquery of ${what} must have one column`);
  }
  const [a, b] = comparable(what, value, made(column.type, column.id));
  if (a.type.kind === "double" || a.type.kind === "real")
    throw refuse(`${what} with a subquery of doubles`, "NaN compares otherwise");
  return [{ ...a, sql: key(a) }, `SELECT ${key(b)} FROM (${query.sql})`];
}

export function quantified(word: "ANY" | "ALL", f: Fields, context: Context): Value {
  only(word, f, ["this", "subquery", "op"]);
  const op = { Eq: "=", Neq: "<>", Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" }[String(f["op"])];
  const written = child(f["subquery"]);
  const inner = child(written?.["subquery"])?.["this"] ?? written;
  if (op === undefined || inner === undefined)
    throw refuse(word, "only comparisons with a subquery are known");
  const value = sub(f["this"], context);
  const query = context.statement.query(required(inner), context);
  const [a, sql] = oneColumn(value, query, word);
  return {
    ...made(boolean, `(${a.sql} ${op} ${word} (${sql}))`, [value]),
    columns: [...value.columns, ...query.outer],
  };
}

export function scalarSubquery(f: Fields, context: Context): Value {
  only("A subquery", f, ["this"]);
  const query = context.statement.query(required(f["this"]), context);
  const [column, second] = query.columns;
  if (column === undefined || second !== undefined) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `a subquery used as a value must have one column, found ${query.columns.length}`,
    );
  }
  return { ...made(column.type, `(${query.sql})`), columns: query.outer };
}
