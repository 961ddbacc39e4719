import { describe, expect, test } from "@jest/globals";
import { buckets, runs, spanFor } from "./thin.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const times = (count: number, every: number) => Array.from({ length: count }, (_, n) => n * every);

describe("the span of a point", () => {
  test("few readings stand for themselves", () => {
    expect(spanFor(times(100, 5 * minute), 5 * minute)).toEqual({ name: null, milliseconds: 5 * minute });
  });

  test("is the shortest that leaves few enough points", () => {
    const month = times(30 * 288, 5 * minute);
    expect(spanFor(month, 5 * minute).name).toBe("hour");
    expect(spanFor(month, 5 * minute, 700).name).toBe("six hours");
    expect(spanFor(month, 5 * minute, 30).name).toBe("day");
  });

  test("counts only what is there: a year between two months makes no points", () => {
    const [first, second] = [times(288 * 30, 5 * minute), times(288 * 30, 5 * minute)];
    const both = [...first, ...second.map((time) => time + 365 * day)];
    expect(spanFor(both, 5 * minute).name).toBe("hour");
  });

  test("is never shorter than what lies between two readings, and the longest where none does", () => {
    expect(spanFor(times(3000, hour), hour).name).toBe("six hours");
    expect(spanFor(times(100_000, day), day).name).toBe("week");
  });
});

describe("buckets", () => {
  test("begin on the hour and hold what falls into them, in the order of time", () => {
    const items = [0, 5, 55, 60, 185].map((minutes) => ({ at: minutes * minute, minutes }));
    const found = buckets(items.toReversed(), { name: "hour", milliseconds: hour });
    expect(found.map(({ at, items: inIt }) => [at / hour, inIt.map(({ minutes }) => minutes)])).toEqual([
      [0, [55, 5, 0]],
      [1, [60]],
      [3, [185]],
    ]);
  });

  test("without a name are one for each item", () => {
    const items = [{ at: 3 }, { at: 3 }, { at: 4 }];
    expect(buckets(items, { name: null, milliseconds: hour })).toHaveLength(3);
  });
});

test("a run ends where too much time lies before the next point", () => {
  const points = [0, 1, 2, 4, 5].map((hours) => ({ at: hours * hour }));
  expect(runs(points, 1.5 * hour).map(({ run }) => run)).toEqual([0, 0, 0, 1, 1]);
});
