/** How alike two names are, by the measure of Ratcliff and Obershelp that Python's difflib uses. */

/** Of the names that are alike enough the most alike; of two that are equally so the greater text. */
export function nearest(name: string, among: readonly string[], atLeast: number): string | undefined {
  const scored = among
    .map((each) => ({ each, ratio: ratio([...each], [...name]) }))
    .filter(({ ratio }) => ratio >= atLeast);
  return scored.sort((a, b) => b.ratio - a.ratio || (a.each < b.each ? 1 : -1))[0]?.each;
}

/** Twice the letters that match by all that there are: 0 to 1. */
function ratio(a: readonly string[], b: readonly string[]): number {
  const all = a.length + b.length;
  return all === 0 ? 1 : (2 * matching(a, b)) / all;
}

/** The letters of the longest run that both have, and of the longest ones before and after it. */
function matching(a: readonly string[], b: readonly string[]): number {
  let best = { a: 0, b: 0, size: 0 };
  let ending = new Map<number, number>();
  for (const [i, letter] of a.entries()) {
    const next = new Map<number, number>();
    for (const [j, other] of b.entries()) {
      if (other !== letter) continue;
      const size = (ending.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    ending = next;
  }
  if (best.size === 0) return 0;
  return (
    best.size +
    matching(a.slice(0, best.a), b.slice(0, best.b)) +
    matching(a.slice(best.a + best.size), b.slice(best.b + best.size))
  );
}
