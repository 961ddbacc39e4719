/** UNION, INTERSECT and EXCEPT. */

import { cast } from "./cast.ts";
import { common } from "./common-type.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, only } from "./node.ts";
import { limited } from "./row-limit.ts";
import type { Context, Query } from "./scope.ts";
import { type Type, trinoName } from "./type.ts";
import { made } from "./value.ts";

export function setOperation(
  kind: "union" | "intersect" | "except",
  fields: Fields,
  context: Context,
): Query {
  only(kind.toUpperCase(), fields, [
    "left",
    "right",
    "all",
    "distinct",
    "order_by",
    "limit",
    "offset",
    "with",
  ]);
  const [left, right] = [child(fields["left"]), child(fields["right"])];
  if (left === undefined || right === undefined) throw refuse(kind.toUpperCase(), "a side is missing");
  // INTERSECT binds tighter than UNION and EXCEPT, which the parser doesn't know.
  if (kind === "intersect" && ("union" in left || "except" in left)) {
    throw refuse(
      "INTERSECT after UNION or EXCEPT",
      "the parser reads it in the wrong order",
      "parentheses around the INTERSECT",
    );
  }
  const sides = [context.statement.query(left, context), context.statement.query(right, context)] as const;
  const types = together(kind, sides[0], sides[1]);
  const all = fields["all"] === true;
  for (const type of types) {
    if (!all && (type.kind === "map" || (type.kind === "timestamptz" && type.zone === null))) {
      throw refuse(
        `${kind.toUpperCase()} of ${trinoName(type)}`,
        "such values compare otherwise",
        "UNION ALL",
      );
    }
  }
  const columns = types.map((type, i) => ({
    id: context.statement.nextId("c"),
    name: sides[0].columns[i]?.name ?? null,
    type,
  }));
  const read = (side: Query): string => {
    const items = side.columns.map((column, i) => {
      const target = columns[i];
      return target === undefined
        ? ""
        : `${cast(made(column.type, column.id), target.type, false).sql} AS ${target.id}`;
    });
    return `(SELECT ${items.join(", ")} FROM (${side.sql}) AS ${context.statement.nextId("r")})`;
  };
  const sql = `${read(sides[0])} ${kind.toUpperCase()}${all ? " ALL" : ""} ${read(sides[1])}`;
  return limited({ sql, columns, outer: [...sides[0].outer, ...sides[1].outer] }, fields, context);
}

function together(kind: string, left: Query, right: Query): readonly Type[] {
  if (left.columns.length !== right.columns.length) {
    throw new AthenaError(
      "TYPE_MISMATCH",
      `${kind.toUpperCase()} query has different number of fields: ${left.columns.length}, ${right.columns.length}`,
    );
  }
  return left.columns.map((column, i) => {
    const other = right.columns[i]?.type ?? column.type;
    const type = common(column.type, other);
    if (type !== undefined) return type;
    throw new AthenaError(
      "TYPE_MISMATCH",
      `column ${i + 1} in ${kind.toUpperCase()} query has incompatible types: ${trinoName(column.type)}, ${trinoName(other)}`,
    );
  });
}
