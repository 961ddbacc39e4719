import { expect, test } from "@jest/globals";
import type { Diff } from "./compare.ts";
import { diffText } from "./tell.ts";

const none = { added: 0, gone: 0, changed: 0, sample: { added: [], gone: [], changed: [] } };
const diff: Diff = {
  pipeline: "demo",
  from: "r1",
  to: "r2",
  not_compared: [],
  datasets: {
    sessions: {
      ...none,
      from_snapshot: "1",
      to_snapshot: "2",
      added: 1200,
      sample: { ...none.sample, added: [{ operator: "acme", session_id: "3" }] },
    },
  },
  metrics: {
    usage: {
      by: "site_id",
      added: 0,
      gone: 1,
      moved: 1,
      unmoved: 0,
      sample: [
        { key: "s1", period: "all", from: { sessions: 2, kwh: 1.5 }, to: { sessions: 3, kwh: 1.5 } },
        { key: "s2", period: "all", from: { sessions: 1 }, to: null },
      ],
    },
  },
};

test("counts come first, then the first keys and the figures that moved", () => {
  const text = diffText(diff);
  expect(text).toContain("│ sessions │ 1,200 │    0 │       0 │");
  expect(text).toContain("  + sessions acme / 3\n    and 1,199 more of sessions added\n");
  expect(text).toContain("  ~ usage s1 all: sessions 2 → 3\n  - usage s2 all: sessions 1");
});

test("without a change it says so", () => {
  const datasets = { sessions: { ...none, from_snapshot: "1", to_snapshot: "1" } };
  expect(diffText({ ...diff, datasets, metrics: {} })).toContain("No table changed, so no metric moved.");
});
