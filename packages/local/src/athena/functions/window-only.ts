/** The functions that only exist over a window. */

import { coerce } from "../cast.ts";
import { bigint, double, type Type } from "../type.ts";
import type { Value } from "../value.ts";
import type { Aggregated } from "./aggregate.ts";
import { arity, at } from "./signature.ts";

/** `nulls` is ` IGNORE NULLS` or nothing. */
type Own = (args: readonly Value[], nulls: string, name: string) => Aggregated;

export const WINDOW_ONLY: Readonly<Record<string, Own>> = {
  row_number: ranked("row_number", bigint),
  rank: ranked("rank", bigint),
  dense_rank: ranked("dense_rank", bigint),
  percent_rank: ranked("percent_rank", double),
  cume_dist: ranked("cume_dist", double),
  ntile: (args, _, name) => {
    arity(name, args, 1);
    const n = coerce(at(args, 0, name), bigint, name);
    return { type: bigint, args: [n], sql: (tail) => `ntile(${n.sql})${tail}` };
  },
  lag: shifted("lag"),
  lead: shifted("lead"),
  first_value: picked("first_value"),
  last_value: picked("last_value"),
  nth_value: (args, nulls, name) => {
    arity(name, args, 2);
    const [x, n] = [at(args, 0, name), coerce(at(args, 1, name), bigint, name)];
    return { type: x.type, args: [x, n], sql: (tail) => `nth_value(${x.sql}, ${n.sql}${nulls})${tail}` };
  },
};

function ranked(duck: string, type: Type): Own {
  return (args, _, name) => {
    arity(name, args, 0);
    return { type, args: [], sql: (tail) => `${duck}()${tail}` };
  };
}

function shifted(duck: string): Own {
  return (args, nulls, name) => {
    arity(name, args, 1, 3);
    const x = at(args, 0, name);
    const offset = args[1] === undefined ? undefined : coerce(args[1], bigint, name);
    const otherwise = args[2] === undefined ? undefined : coerce(args[2], x.type, name);
    const values = [x, offset, otherwise].filter((v) => v !== undefined);
    return {
      type: x.type,
      args: values,
      sql: (tail) => `${duck}(${values.map((v) => v.sql).join(", ")}${nulls})${tail}`,
    };
  };
}

function picked(duck: string): Own {
  return (args, nulls, name) => {
    arity(name, args, 1);
    const x = at(args, 0, name);
    return { type: x.type, args: [x], sql: (tail) => `${duck}(${x.sql}${nulls})${tail}` };
  };
}
