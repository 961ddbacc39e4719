import { random } from "@penstock/sampling/random.ts";

/** Random numbers that can be asked for by index, in any order: the same index always gives the same number. */
export interface Noise {
  /** From 0 up to, but not including, 1; independent from index to index. */
  unit(index: number): number;
  /** Mean 0, standard deviation 1, never beyond ±4; independent from index to index. */
  normal(index: number): number;
  /** From 0 to 1, with a knot every `period` and smooth in between: nearby places have nearby values. */
  smooth(at: number, period: number): number;
}

/** The noise that a seed and a name, such as a site's and a purpose's, decide. */
export function noise(seed: number, name: string): Noise {
  const key = keyed(seed, name);
  const source = (index: number) => {
    const from = random(key, index);
    // the first numbers of neighbouring streams resemble each other
    for (let skipped = 0; skipped < 4; skipped++) from.unit();
    return from;
  };
  const unit = (index: number) => source(index).unit();
  return {
    unit,
    normal: (index) => source(index).normal(),
    smooth(at, period) {
      const knot = Math.floor(at / period);
      const part = at / period - knot;
      const weight = part * part * (3 - 2 * part);
      return unit(knot) * (1 - weight) + unit(knot + 1) * weight;
    },
  };
}

/** The seed and the name as 32 bits, by FNV-1a. */
function keyed(seed: number, name: string): number {
  let key = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
  for (let index = 0; index < name.length; index++) {
    key = Math.imul(key ^ name.charCodeAt(index), 0x01000193);
  }
  return key;
}
