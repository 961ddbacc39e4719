/** With fewer values before it, there is no telling what is usual. */
const leastValues = 12;

/** Iglewicz & Hoaglin's proposal: a modified z-score beyond it labels an outlier. */
const outlier = 3.5;

/**
 * Whether a value is an outlier among those before it: its modified z-score, 0.6745 · (x − median) / MAD, is beyond
 * ±3.5 (B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC Basic References in Quality Control 16,
 * 1993), and it is at least `leastDeviation` away from the median. MAD is the median of the absolute deviations from
 * the median; where it is 0, the deviation alone decides.
 */
export function deviates(value: number, before: readonly number[], leastDeviation: number): boolean {
  if (before.length < leastValues) return false;
  const middle = median(before);
  const deviation = Math.abs(value - middle);
  if (deviation < leastDeviation || deviation === 0) return false;
  const mad = median(before.map((one) => Math.abs(one - middle)));
  return (0.6745 * deviation) / mad > outlier;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
