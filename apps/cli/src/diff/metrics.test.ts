import { expect, test } from "@jest/globals";
import type { LookupItem } from "@penstock/lake/lookups.ts";
import { compared } from "./metrics.ts";

const item = (key: string, period: string, sessions: string): LookupItem => ({
  key,
  metric: `usage#${period}`,
  figures: { sessions: { N: sessions } },
  publish: 0,
  run_id: "",
});

test("figures are compared by key and period, as numbers", () => {
  const before = [item("a", "all", "1"), item("b", "all", "2.50"), item("c", "00#x", "3")];
  const after = [item("a", "all", "4"), item("b", "all", "2.5"), item("d", "all", "5")];
  expect(compared(before, after, 9)).toEqual({
    added: 1,
    gone: 1,
    moved: 1,
    unmoved: 1,
    sample: [
      { key: "a", period: "all", from: { sessions: 1 }, to: { sessions: 4 } },
      { key: "c", period: "00#x", from: { sessions: 3 }, to: null },
      { key: "d", period: "all", from: null, to: { sessions: 5 } },
    ],
  });
  expect(compared(before, after, 1).sample).toHaveLength(1);
});
