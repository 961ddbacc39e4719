/** IF, COALESCE, NULLIF, GREATEST, LEAST. */

import { coerce, unify } from "../cast.ts";
import { compare, key } from "../comparison.ts";
import { refuse } from "../errors.ts";
import { boolean, isFloating, trinoName, varchar } from "../type.ts";
import { made, quote } from "../value.ts";
import { arity, at, type Scalar, type Scalars } from "./signature.ts";

export const conditional: Scalars = {
  if: (args, name) => {
    arity(name, args, 2, 3);
    const test = coerce(at(args, 0, name), boolean, name);
    const { type, values } = unify(args.slice(1), name);
    const otherwise = values[1] === undefined ? "" : ` ELSE ${values[1].sql}`;
    return made(type, `CASE WHEN ${test.sql} THEN ${values[0]?.sql}${otherwise} END`, [test, ...values]);
  },
  coalesce: (args, name) => {
    arity(name, args, 2, 256);
    const { type, values } = unify(args, name);
    return made(type, `coalesce(${values.map((v) => v.sql).join(", ")})`, values);
  },
  nullif: (args, name) => {
    arity(name, args, 2);
    const [first, second] = [at(args, 0, name), at(args, 1, name)];
    const equal = compare("=", first, second);
    return made(first.type, `CASE WHEN ${equal.sql} THEN NULL ELSE ${first.sql} END`, [first, second]);
  },
  greatest: extreme("greatest"),
  least: extreme("least"),
  typeof: (args, name) => {
    arity(name, args, 1);
    const value = at(args, 0, name);
    if (value.type.kind === "varchar")
      throw refuse("typeof of a varchar", "lengths of varchars are not kept");
    return made(varchar, quote(trinoName(value.type)), []);
  },
};

/** NULL as soon as one of them is; DuckDB leaves NULLs out. */
function extreme(duck: string): Scalar {
  return (args, name) => {
    arity(name, args, 1, 128);
    const { type, values } = unify(args, name);
    if (type.kind === "timestamptz" && type.zone === null)
      throw refuse(`${name} of different time zones`, "the zone to keep", "cast(… AS timestamp)");
    const nulls = values.filter((v) => v.constant === undefined).map((v) => `${v.sql} IS NULL`);
    const most = `${duck}(${values.map(key).join(", ")})`;
    const checked = isFloating(type)
      ? `CASE WHEN ${values.map((v) => `isnan(${v.sql})`).join(" OR ")} THEN CAST('NaN' AS DOUBLE) ELSE ${most} END`
      : most;
    if (nulls.length === 0) return made(type, checked, values);
    return made(type, `CASE WHEN ${nulls.join(" OR ")} THEN NULL ELSE ${checked} END`, values);
  };
}
