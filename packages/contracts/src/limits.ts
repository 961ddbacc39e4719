/** Bounds in words, both inclusive: `from 0 to 1000`, `at least 0`, or nothing where there are none. */
export function limits(bounded: Bounded): string {
  const { min, max } = bounded;
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? "" : `at most ${max}`;
}

/** A column or a gate; what has no bounds is bounded by nothing. */
interface Bounded {
  readonly kind: string;
  readonly min?: number | string;
  readonly max?: number | string;
}
