import pLimit from "p-limit";

/** Does something with each item, so many at once; the results come in the items' order. */
export async function atOnce<T, R>(
  most: number,
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(most);
  return await Promise.all(Array.from(items, (item) => limit(work, item)));
}

/** The items in lists of at most so many. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
