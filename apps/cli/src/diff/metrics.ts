import type { LookupItem } from "@penstock/lake/lookups.ts";
import type { Queries } from "@penstock/lake/queries.ts";
import { metricItems, sameFigures } from "@penstock/steps/publish-metrics/metric-items.ts";
import type { Lookup } from "@penstock/workflows/pipeline.ts";
import { type Figures, plainFigures } from "../figures.ts";
import { queryAt, type Versions } from "./versions.ts";

/** How the figures of one metric moved from one run to another, counted by key and period. */
export interface MetricMoves {
  /** What its figures are looked up by. */
  readonly by: string;
  readonly added: number;
  readonly gone: number;
  readonly moved: number;
  readonly unmoved: number;
  readonly sample: readonly Move[];
}

/** The figures of one key and period before and after; null where there were none. */
export interface Move {
  /** As the lookup serves it: a person's is a pseudonym. */
  readonly key: string;
  readonly period: string;
  readonly from: Figures | null;
  readonly to: Figures | null;
}

/** Computes a metric on the tables of both runs and compares the figures. @throws QueryFailed, BadMetric */
export async function metricMoves(
  metric: string,
  sql: string,
  { key }: Pick<Lookup, "key">,
  between: { readonly from: Versions; readonly to: Versions; readonly limit: number },
  queries: Queries,
): Promise<MetricMoves> {
  const at = async (versions: Versions): Promise<LookupItem[]> =>
    metricItems(metric, await queries.run(queryAt(sql, versions)), { key, publish: 0, run_id: "" });
  return { by: key, ...compared(await at(between.from), await at(between.to), between.limit) };
}

/** Compares the items of one metric by key and period. */
export function compared(
  from: readonly LookupItem[],
  to: readonly LookupItem[],
  limit: number,
): Omit<MetricMoves, "by"> {
  const idOf = (item: LookupItem): string => JSON.stringify([item.key, item.metric]);
  const earlier = new Map(from.map((item) => [idOf(item), item]));
  const later = new Map(to.map((item) => [idOf(item), item]));
  const pairs = [...new Set([...earlier.keys(), ...later.keys()])]
    .sort()
    .map((id) => ({ before: earlier.get(id), after: later.get(id) }));
  const differ = pairs.filter(({ before, after }) => !before || !after || !sameFigures(before, after));
  const added = differ.filter(({ before }) => before === undefined).length;
  const gone = differ.filter(({ after }) => after === undefined).length;
  return {
    added,
    gone,
    moved: differ.length - added - gone,
    unmoved: pairs.length - differ.length,
    sample: differ.slice(0, limit).map(({ before, after }) => ({
      key: (after ?? before)?.key ?? "",
      period: (after ?? before)?.metric.split("#").slice(1).join("#") ?? "",
      from: before === undefined ? null : plainFigures(before.figures),
      to: after === undefined ? null : plainFigures(after.figures),
    })),
  };
}
