/**
 * UNNEST: arrays, maps and arrays of rows as rows. It is put into the SELECT of a subquery around what stands at
 * its left, which DuckDB runs as a stream; a lateral join would first gather the distinct arrays.
 */

import { AthenaError } from "./errors.ts";
import { child, list, only } from "./node.ts";
import type { Relation, Unnest } from "./relation.ts";
import type { Column, Context } from "./scope.ts";
import { array, bigint, type Type, trinoName } from "./type.ts";
import { made, type Value } from "./value.ts";

export function unnested(
  left: Relation | undefined,
  unnest: Unnest,
  kind: "inner" | "left",
  context: Context,
): Relation {
  const { fields, alias, names } = unnest;
  only("UNNEST", fields, ["this", "expressions", "with_ordinality"]);
  const first = child(fields["this"]);
  const nodes = [...(first === undefined ? [] : [first]), ...list(fields["expressions"])];
  const columns = left?.columns ?? [];
  const scope = { columns, parent: context.scope.parent };
  const forbidden = { aggregates: "UNNEST", windows: "UNNEST" };
  const arrays = nodes.map((node) =>
    context.statement.expression(node, { ...context, scope, keys: new Set(), forbidden }),
  );
  const parts = arrays.flatMap(pieces);
  const ordinality = fields["with_ordinality"] === true;
  const types = [...parts.map((part) => part.element), ...(ordinality ? [bigint] : [])];
  if (names.length > 0 && names.length !== types.length) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `Column alias list has ${names.length} entries but UNNEST has ${types.length} columns`,
    );
  }
  const made_ = types.map(
    (type, i): Column => ({
      id: context.statement.nextId("c"),
      name: names[i] ?? null,
      qualifier: alias === undefined ? [] : [alias],
      type,
    }),
  );
  const longest = parts.map((part) => `coalesce(len(${part.sql}), 0)`);
  const size = longest.length === 1 ? `${longest[0]}` : `greatest(${longest.join(", ")})`;
  const count = kind === "left" ? `greatest(${size}, 1)` : size;
  // Shorter arrays are filled with NULL, and so is the one row that a LEFT JOIN keeps.
  const lists = parts.map((part) =>
    parts.length === 1 && kind === "inner" ? part.sql : `list_resize(coalesce(${part.sql}, []), ${count})`,
  );
  const ordinals =
    kind === "left"
      ? `CASE WHEN ${size} = 0 THEN [NULL] ELSE range(1, ${size} + 1) END`
      : `range(1, ${size} + 1)`;
  const outputs = [...lists, ...(ordinality ? [ordinals] : [])].map(
    (sql, i) => `unnest(${sql}) AS ${made_[i]?.id}`,
  );
  const before = left === undefined ? "" : "*, ";
  const from = left === undefined ? "" : ` FROM ${left.sql}`;
  const read = arrays
    .flatMap((value) => value.columns)
    .filter((id) => !columns.some((column) => column.id === id));
  return {
    sql: `(SELECT ${before}${outputs.join(", ")}${from}) AS ${context.statement.nextId("r")}`,
    columns: [...columns, ...made_],
    outer: [...(left?.outer ?? []), ...read],
  };
}

/** A map is its keys and its values. */
function pieces(value: Value): { sql: string; element: Type }[] {
  const { type } = value;
  if (type.kind === "map") {
    return [
      { sql: `map_keys(${value.sql})`, element: type.key },
      { sql: `map_values(${value.sql})`, element: type.value },
    ];
  }
  if (type.kind !== "array") throw new AthenaError("TYPE_MISMATCH", `Cannot unnest type: ${trinoName(type)}`);
  if (type.element.kind !== "row") return [{ sql: value.sql, element: type.element }];
  return type.element.fields.map((field, i) => {
    const item = made(array(field.type), `list_transform(${value.sql}, lambda e: e.f${i})`);
    return { sql: item.sql, element: field.type };
  });
}
