/** approx_percentile(), exactly. */

import { coerce } from "../cast.ts";
import { refuse } from "../errors.ts";
import { array, bigint, double, isInteger } from "../type.ts";
import type { Value } from "../value.ts";
import type { Aggregated, Inside } from "./aggregate.ts";
import { at } from "./signature.ts";

/**
 * Exactly the value at index ⌊n·p⌋ of the sorted values, which is what Trino's sketches estimate. DuckDB counts
 * from the other end with ⌈n·(1-p)⌉, so the fraction is given from there.
 */
export function percentile(args: readonly Value[], inside: Inside, name: string): Aggregated {
  if (args.length !== 2)
    throw refuse(`${name} with weights or an accuracy`, "only approx_percentile(x, percentage) is known");
  const given = at(args, 0, name);
  const x = coerce(
    given,
    isInteger(given.type) ? bigint : given.type.kind === "real" ? given.type : double,
    name,
  );
  const fraction = at(args, 1, name);
  const listed = /^\[(.*)\]$/.exec(fraction.sql);
  const many = fraction.type.kind === "array";
  const fractions = many ? (listed?.[1] ?? "").split(", ").map(literalNumber) : [literalNumber(fraction.sql)];
  if (fractions.some((p) => !(p >= 0 && p <= 1))) {
    throw refuse(
      `${name} with a percentage that is not a literal between 0 and 1`,
      "it can't be checked before the query runs",
    );
  }
  const one = (p: number, tail: string): string =>
    p === 1 ? `max(${x.sql})${tail}` : `quantile_disc(${inside.distinct}${x.sql}, ${-fromTheEnd(p)})${tail}`;
  if (!many) return { type: x.type, args: [x], sql: (tail) => one(fractions[0] ?? 0, tail) };
  return {
    type: array(x.type),
    args: [x],
    sql: (tail) =>
      `CASE WHEN count(${x.sql})${tail} > 0 THEN [${fractions.map((p) => one(p, tail)).join(", ")}] END`,
  };
}

/** 1 - p, without 0.8's 0.19999999999999996. */
function fromTheEnd(p: number): number {
  return Number((1 - p).toPrecision(15));
}

function literalNumber(sql: string): number {
  const plain = /^(?:CAST\(\s*)*'?(-?[\d.eE+-]+)'?/.exec(sql);
  return plain === null ? Number.NaN : Number(plain[1]);
}
