/** The rows of a metric query as items of its lookup table. */

import { type Figure, type LookupItem, reservedAttributes } from "@penstock/lake/lookups.ts";
import type { QueryResult } from "@penstock/lake/queries.ts";
import { canonicalDecimal } from "./decimal.ts";

/** A metric query that doesn't return what a lookup table can hold. */
export class BadMetric extends Error {
  override readonly name = "BadMetric";

  /** @param problem never with a value of the key, which may be personal */
  constructor(metric: string, problem: string) {
    super(`metric ${metric}: ${problem}`);
  }
}

const numeric = /^(tinyint|smallint|int|integer|bigint|real|float|double|decimal)/;

/**
 * Turns a result into items: the first column is the key, the second `period`, the others are figures. A figure
 * that is NULL is left out.
 *
 * @throws BadMetric when the columns are others, a key is missing, or a key and period come twice
 */
export function metricItems(
  metric: string,
  result: QueryResult,
  of: { readonly key: string; readonly publish: number; readonly run_id: string },
): LookupItem[] {
  const [first, second, ...figures] = result.columns;
  if (first?.name !== of.key || second?.name !== "period") {
    throw new BadMetric(
      metric,
      `the columns begin with ${first?.name}, ${second?.name}; expected ${of.key}, period`,
    );
  }
  const taken = figures.find(({ name }) => name === of.key || reservedAttributes.includes(name));
  if (taken !== undefined) throw new BadMetric(metric, `no figure can be called ${taken.name}`);

  const seen = new Set<string>();
  return result.rows.map(([key, period, ...values]) => {
    if (key == null || key === "" || period == null) {
      throw new BadMetric(metric, `a row without ${key ? "a period" : of.key}`);
    }
    const id = JSON.stringify([key, period]);
    if (seen.has(id)) throw new BadMetric(metric, `two rows of one ${of.key} and period ${period}`);
    seen.add(id);
    return {
      key,
      metric: `${metric}#${period}`,
      publish: of.publish,
      run_id: of.run_id,
      figures: Object.fromEntries(
        figures.flatMap(({ name, type }, at) => {
          const value = values[at];
          return value == null ? [] : [[name, figure(value, type)]];
        }),
      ),
    };
  });
}

function figure(value: string, type: string): Figure {
  if (type === "boolean") return { BOOL: value === "true" };
  const number = numeric.test(type) ? canonicalDecimal(value) : null;
  return number === null ? { S: value } : { N: number };
}

/** Whether two items show the same figures, whichever run put them. */
export function sameFigures(a: LookupItem, b: LookupItem): boolean {
  const names = new Set([...Object.keys(a.figures), ...Object.keys(b.figures)]);
  return [...names].every((name) => textOf(a.figures[name]) === textOf(b.figures[name]));
}

function textOf(figure: Figure | undefined): string | undefined {
  if (figure === undefined) return undefined;
  if ("N" in figure) return `N${canonicalDecimal(figure.N)}`;
  return "S" in figure ? `S${figure.S}` : `B${figure.BOOL}`;
}
