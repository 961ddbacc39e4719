/** What has to be known beside the figures of `penstock cost`. */

import type { Estimate } from "@penstock/infra/cost/estimate.ts";
import { alwaysFree, freeTierSource } from "@penstock/infra/cost/free-tier.ts";
import { items, type Price, type PriceItem, type RegionPrices } from "@penstock/infra/cost/prices.ts";

/** @param busy what a busy month comes to */
export function costNotes(prices: RegionPrices, busy: Pick<Estimate, "parts">): string {
  const all = (Object.entries(prices) as [PriceItem, Price][]).map(([item, price]) => ({
    service: items[item].service,
    ...price,
  }));
  const days = all.flatMap(({ read }) => (read === null ? [] : [read])).sort();
  const undated = services(all.filter(({ read }) => read === null));
  const borrowed = services(all.filter(({ readFor }) => readFor !== undefined));
  return [
    "An estimate of what was never run on AWS: the amounts follow from each pipeline's volume and from",
    "infra/src/cost/assumptions.ts. Compare with your first bill, and put them right.",
    "",
    `Prices: AWS's price lists and pages, read between ${days[0]} and ${days.at(-1)} at second hand; each with its source`,
    "in infra/src/cost/prices.ts.",
    ...(undated.length > 0 ? [`Quoted everywhere, by no day: some of ${undated.join(", ")}.`] : []),
    ...(borrowed.length > 0 ? [`Read for another region: some of ${borrowed.join(", ")}.`] : []),
    "",
    `Free tier (${freeTierSource}): what is always free is taken off. The offers of the first twelve months were`,
    "for accounts opened before 15 July 2025 and have ended; an account opened since has credits of up to 200 dollars",
    "for a time, which are not counted.",
    ...neverFree(busy),
    "",
    "Not counted: tax, data out to the internet, retries, failed runs, old versions of objects, access logs,",
    "point-in-time recovery, the state bucket, calls of Secrets Manager, Glue's own metrics, dead letters; the Glue",
    "catalogue and budgets, which are free at this size.",
  ].join("\n");
}

/** What no free tier covers, from ten cents on, the dearest first: it is to pay from the first on. */
function neverFree({ parts }: Pick<Estimate, "parts">): readonly string[] {
  const byItem = Map.groupBy(
    parts.flatMap(({ lines }) => lines).filter(({ item }) => alwaysFree[item] === undefined),
    ({ service, unit }) => `${service} ${unit}`,
  );
  const told = [...byItem]
    .map(([what, lines]) => ({ what, usd: lines.reduce((sum, { usd }) => sum + usd, 0) }))
    .filter(({ usd }) => usd >= 0.1)
    .sort((a, b) => b.usd - a.usd)
    .map(({ what, usd }) => `${what} ${usd.toFixed(2)}`);
  if (told.length === 0) return [];
  return ["", "Of this nothing is free, and a busy month has it from the first on:", `  ${told.join("; ")}.`];
}

const services = (prices: readonly { readonly service: string }[]): readonly string[] => [
  ...new Set(prices.map(({ service }) => service)),
];
