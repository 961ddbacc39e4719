/** The invented people who shop: each with a rhythm, a basket size and things that they come back for. */

import { type Random, random } from "@penstock/sampling/random.ts";

export interface Shopper {
  readonly id: string;
  /** Days from one order to the next, on the whole. */
  readonly cadence: number;
  /** How many items they usually take. */
  readonly basket: number;
  /** The hour at which they usually order, UTC. */
  readonly hour: number;
  /** How much they stick to what they know, 0 to 1. */
  readonly loyalty: number;
  /** What they have bought, by place in the catalogue, in the order of first buying. */
  readonly bought: number[];
  /** The number of their orders so far. */
  orders: number;
  /** The day of the last of these. */
  lastDay: number | undefined;
  nextDay: number;
}

/** The first shoppers of a seed, none of whom has ordered yet; days are counted from the first one on. */
export function shoppersOf(seed: number, count: number): Shopper[] {
  return Array.from({ length: count }, (_, index) => shopper(random(seed, 1000 + index), index));
}

function shopper(from: Random, index: number): Shopper {
  const cadence = 3 + Math.floor(from.unit() ** 1.5 * 25);
  return {
    id: `user-${String(index + 1).padStart(5, "0")}`,
    cadence,
    basket: 2 + Math.floor(from.unit() ** 1.7 * 18),
    hour: 8 + from.unit() * 12,
    loyalty: 0.45 + from.unit() * 0.45,
    bought: [],
    orders: 0,
    lastDay: undefined,
    nextDay: Math.floor(from.unit() * cadence * 1.5),
  };
}
