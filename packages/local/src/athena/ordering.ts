/** An item of an ORDER BY: NULLs last unless said otherwise, in both directions. */

import { key } from "./comparison.ts";
import { refuse } from "./errors.ts";
import { child, type Node, only } from "./node.ts";
import { trinoName } from "./type.ts";
import type { Value } from "./value.ts";

export function ordering(item: Node, read: (by: Node) => Value): { sql: string; value: Value } {
  only("ORDER BY", item, ["this", "desc", "nulls_first", "explicit_asc"]);
  const by = child(item["this"]);
  if (by === undefined) throw refuse("This ORDER BY", "its tree is unknown");
  const value = read(by);
  const { kind } = value.type;
  if (kind === "array" || kind === "map" || kind === "row") {
    throw refuse(`ORDER BY on ${trinoName(value.type)}`, "it sorts otherwise", "its elements");
  }
  const direction = item["desc"] === true ? "DESC" : "ASC";
  const nulls = item["nulls_first"] === true ? "FIRST" : "LAST";
  return { sql: `${key(value)} ${direction} NULLS ${nulls}`, value };
}
