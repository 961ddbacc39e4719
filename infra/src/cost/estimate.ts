/** What an environment costs in a month: what each pipeline uses, times its price, less what is always free. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { alwaysFree } from "./free-tier.ts";
import type { Month, Sizes, Usage } from "./month.ts";
import { items, type PriceItem, type RegionPrices } from "./prices.ts";
import { pipelineUsage, sharedUsage } from "./usage.ts";

/** One thing that is paid for, at its list price. */
export interface Line {
  readonly item: PriceItem;
  /** As AWS's bill calls it. */
  readonly service: string;
  readonly amount: number;
  readonly unit: string;
  readonly usd: number;
}

/** What a pipeline, or what all share, costs at list prices. */
export interface Part {
  /** The pipeline's name; `shared` for what the environment has once. */
  readonly name: string;
  readonly lines: readonly Line[];
  readonly usd: number;
}

export interface Estimate {
  readonly month: Month;
  readonly parts: readonly Part[];
  /** At list prices. */
  readonly usd: number;
  /** What of that is free in an account in which nothing else runs. */
  readonly free: readonly Line[];
  readonly freeUsd: number;
  /** What is left to pay. */
  readonly dueUsd: number;
}

/** @param prices those of the environment's region */
export function estimate(
  pipelines: readonly Pipeline[],
  sizes: Sizes,
  prices: RegionPrices,
  month: Month,
): Estimate {
  const parts = [
    ...pipelines.map((pipeline) => part(pipeline.name, pipelineUsage(pipeline, sizes, month), prices)),
    part("shared", sharedUsage(), prices),
  ];
  const usd = total(parts);
  const free = freeLines(parts, prices);
  const freeUsd = total(free);
  return { month, parts, usd, free, freeUsd, dueUsd: usd - freeUsd };
}

const everyItem = Object.keys(items) as readonly PriceItem[];

const line = (item: PriceItem, amount: number, prices: RegionPrices): Line => ({
  item,
  amount,
  ...items[item],
  usd: amount * prices[item].usd,
});

function part(name: string, usage: Usage, prices: RegionPrices): Part {
  const lines = everyItem.flatMap((item) => {
    const amount = usage[item] ?? 0;
    return amount === 0 ? [] : [line(item, amount, prices)];
  });
  return { name, lines, usd: total(lines) };
}

/** What is free is the account's, so it is taken off the sum of all parts. */
function freeLines(parts: readonly Part[], prices: RegionPrices): readonly Line[] {
  return everyItem.flatMap((item) => {
    const used = parts.flatMap(({ lines }) => lines.filter((each) => each.item === item));
    const amount = Math.min(
      used.reduce((sum, each) => sum + each.amount, 0),
      alwaysFree[item] ?? 0,
    );
    return amount === 0 ? [] : [line(item, amount, prices)];
  });
}

const total = (parts: readonly { readonly usd: number }[]): number =>
  parts.reduce((sum, { usd }) => sum + usd, 0);
