import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers that its seed decides. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  unit(): number;
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
  /** Roughly normal, with mean 0 and standard deviation 1; never beyond ±6. */
  normal(): number;
}

/** The streams of one seed are independent: drawing more from one leaves the others as they were. */
export function random(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(Math.imul(seed ^ (stream * 0x9e3779b9), 0x85ebca6b) ^ stream);
  const unit = () => (generator.next() >>> 0) / 0x1_0000_0000;
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    // the sum of four uniform numbers is near enough to a bell, and cheap
    normal: () => (unit() + unit() + unit() + unit() - 2) * Math.sqrt(3),
  };
}

/** Running totals of the weights, for `draw`. */
export function cumulated(weights: readonly number[]): Float64Array {
  const totals = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight;
    totals[index] = total;
  }
  return totals;
}

/** An index, each as likely as its weight says. */
export function draw(totals: Float64Array, from: Random): number {
  const at = from.unit() * (totals[totals.length - 1] ?? 0);
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((totals[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
