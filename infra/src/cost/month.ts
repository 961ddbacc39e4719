/** What a month is to the reckoning, and what is used in one. */

import type { EnvironmentConfig } from "../config.ts";
import { assumptions } from "./assumptions.ts";
import type { PriceItem } from "./prices.ts";

/** `idle`: deployed, and nothing arrives. `busy`: what the pipeline's volume says arrives every day. */
export type Month = "idle" | "busy";

/** Amounts in the units of their prices. */
export type Usage = Readonly<Partial<Record<PriceItem, number>>>;

/** What the reckoning needs to know of an environment. */
export type Sizes = Pick<EnvironmentConfig, "job" | "functions" | "retentionDays" | "emails">;

export const hoursPerMonth = assumptions.daysPerMonth * 24;
export const gb = 1024 ** 3;

/** Log lines, as they are taken in and as they are kept. */
export function logs(bytes: number, { retentionDays }: Pick<Sizes, "retentionDays">): Usage {
  return {
    logsGb: bytes / gb,
    logsGbMonth: (bytes / gb) * (retentionDays.logs / assumptions.daysPerMonth),
  };
}

/** The sum of several; what comes to nothing is left out. */
export function together(usages: readonly Usage[]): Usage {
  const sum: Partial<Record<PriceItem, number>> = {};
  for (const [item, amount] of usages.flatMap((usage) => Object.entries(usage) as [PriceItem, number][])) {
    if (amount !== 0) sum[item] = (sum[item] ?? 0) + amount;
  }
  return sum;
}
