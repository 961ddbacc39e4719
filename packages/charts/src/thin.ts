/** Fewer points than there are readings, by a stated method: readings that fall into one hour, one day … are one. */

/** How long a bucket is. */
export interface Span {
  /** `hour`, as in "the mean of each hour"; null when each reading stands for itself. */
  readonly name: string | null;
  readonly milliseconds: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const spans: readonly Span[] = [
  { name: "hour", milliseconds: hour },
  { name: "six hours", milliseconds: 6 * hour },
  { name: "day", milliseconds: day },
  { name: "week", milliseconds: 7 * day },
];

/** As many points as a drawing shows: more than two for each of its pixels can't be told apart. */
const mostPoints = 2000;

/**
 * The shortest span that leaves few enough points; the longest, where none does.
 *
 * @param times in milliseconds since 1970, ascending
 * @param every milliseconds between two readings
 */
export function spanFor(times: readonly number[], every: number, most: number = mostPoints): Span {
  if (times.length <= most) return { name: null, milliseconds: every };
  const longer = spans.filter(({ milliseconds }) => milliseconds > every);
  const fits = longer.find(({ milliseconds }) => countBuckets(times, milliseconds) <= most);
  return fits ?? longer.at(-1) ?? { name: null, milliseconds: every };
}

/**
 * What falls into each span, by the span's begin in UTC, ascending; spans with nothing in them are not there.
 * Days begin at 00:00 UTC. A span without a name leaves each item alone, at its own time.
 */
export function buckets<Item extends { readonly at: number }>(
  items: readonly Item[],
  span: Span,
): readonly { readonly at: number; readonly items: readonly Item[] }[] {
  if (span.name === null) return items.map((item) => ({ at: item.at, items: [item] }));
  const found = new Map<number, Item[]>();
  for (const item of items) {
    const at = Math.floor(item.at / span.milliseconds) * span.milliseconds;
    const bucket = found.get(at);
    if (bucket === undefined) found.set(at, [item]);
    else bucket.push(item);
  }
  return [...found].sort(([a], [b]) => a - b).map(([at, inIt]) => ({ at, items: inIt }));
}

/** Runs of points that follow each other; between two runs, where more than `apart` lies, no line is drawn. */
export function runs<Point extends { readonly at: number }>(
  points: readonly Point[],
  apart: number,
): readonly (Point & { readonly run: number })[] {
  let run = 0;
  return points.map((point, index) => {
    const before = points[index - 1];
    if (before !== undefined && point.at - before.at > apart) run += 1;
    return { ...point, run };
  });
}

function countBuckets(times: readonly number[], milliseconds: number): number {
  let count = 0;
  let last = Number.NaN;
  for (const time of times) {
    const bucket = Math.floor(time / milliseconds);
    if (bucket !== last) count += 1;
    last = bucket;
  }
  return count;
}
