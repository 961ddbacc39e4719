/** CAST and TRY_CAST as they are written. */

import { cast } from "./cast.ts";
import { refuse } from "./errors.ts";
import { child, type Fields, literal, only, required } from "./node.ts";
import type { Context } from "./scope.ts";
import { sub } from "./scope.ts";
import { castType } from "./type-node.ts";
import { made, type Value } from "./value.ts";

export function castNode(f: Fields, context: Context, safe: boolean): Value {
  only("CAST", f, ["this", "to"]);
  const value = sub(f["this"], context);
  const bareDecimal = child(f["to"])?.["data_type"] === "decimal" && child(f["to"])?.["precision"] == null;
  if (bareDecimal && literal(f["this"])?.[0] === "string") {
    throw refuse(
      "DECIMAL '…' and a cast of a literal to DECIMAL",
      "they look alike to the parser",
      "decimal(p,s), or the number itself",
    );
  }
  const { type, length } = castType(required(f["to"]), value.type);
  if (type.kind === "timestamptz" && value.type.kind === "timestamptz") {
    // The zone stays what it was.
    return cast(value, { ...type, zone: value.type.zone }, safe);
  }
  const result = cast(value, type, safe);
  return length === undefined ? result : made(type, `left(${result.sql}, ${length})`, [result]);
}
