import { describe, expect, test } from "@jest/globals";
import type { BrokenRow, FaultRates } from "@penstock/sampling/sample-file.ts";
import { faultKinds } from "./generator/faults.ts";
import { generateSessions, generateSites } from "./generator.ts";

/** One share for every kind of fault. */
const each = (share: number): FaultRates => Object.fromEntries(faultKinds.map((kind) => [kind, share]));

/** A generated file's lines, and what it tells of those that it broke. */
function generated(options: Parameters<typeof generateSessions>[0]): {
  lines: string[];
  broken: BrokenRow[];
} {
  const broken: BrokenRow[] = [];
  return { lines: [...generateSessions(options, (row) => broken.push(row))], broken };
}

const rowsOf = (lines: Iterable<string>) => {
  const [header = "", ...rows] = lines;
  const names = header.split(",");
  return rows.map((line) =>
    Object.fromEntries(
      line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map((field, index): [string, string] => [names[index] ?? "", field]),
    ),
  );
};

describe("generated sessions", () => {
  const rows = rowsOf(generateSessions({ rows: 5000, seed: 1 }));

  test("are as many as asked for, each with an id of its own", () => {
    expect(rows).toHaveLength(5000);
    expect(new Set(rows.map((row) => row.session_id)).size).toBe(5000);
  });

  test("are the same for the same seed, and others for another", () => {
    const of = (seed: number) => generated({ rows: 300, seed, faults: each(0.01) });
    expect(of(1)).toEqual(of(1));
    expect(of(1).lines).not.toEqual(of(2).lines);
  });

  test("never overlap on a connector, nor of one driver", () => {
    for (const key of ["charger_id,connector_id", "user_id"]) {
      const spans = new Map<string, [number, number][]>();
      for (const row of rows) {
        const name = key
          .split(",")
          .map((column) => row[column])
          .join("/");
        if (name === "") continue;
        const span: [number, number] = [Date.parse(row.started_at ?? ""), Date.parse(row.ended_at ?? "")];
        spans.set(name, [...(spans.get(name) ?? []), span]);
      }
      const overlapping = [...spans].filter(([, taken]) =>
        taken
          .sort(([a], [b]) => a - b)
          .some(([start, end], index) => end <= start || start < (taken[index - 1]?.[1] ?? 0)),
      );
      expect(overlapping).toEqual([]);
    }
  });

  test("follow the hours and the days of the week", () => {
    const weeks = rowsOf(
      generateSessions({ rows: 20_000, seed: 5, from: "2025-06-02", until: "2025-06-30" }),
    ).filter((row) => row.time_zone === "Europe/London" && row.site_id?.includes("business"));
    const local = (row: Record<string, string>, options: Intl.DateTimeFormatOptions) =>
      new Date(row.started_at ?? "").toLocaleString("en-GB", { timeZone: "Europe/London", ...options });
    const count = (test: (row: Record<string, string>) => boolean) => weeks.filter(test).length;
    const morning = count((row) => /^(07|08|09)/.test(local(row, { hour: "2-digit", hour12: false })));
    const night = count((row) => /^(01|02|03)/.test(local(row, { hour: "2-digit", hour12: false })));
    const sunday = count((row) => local(row, { weekday: "long" }) === "Sunday");
    const tuesday = count((row) => local(row, { weekday: "long" }) === "Tuesday");
    expect(morning).toBeGreaterThan(night * 5);
    expect(tuesday).toBeGreaterThan(sunday * 3);
  });

  test("stay within the sites that sites.csv lists", () => {
    const sites = new Map(rowsOf(generateSites(1)).map((site) => [site.site_id, site]));
    expect(rows.filter((row) => sites.get(row.site_id)?.time_zone !== row.time_zone)).toEqual([]);
  });

  test("that have no room are refused", () => {
    const crowded = { rows: 30_000, seed: 1, from: "2025-12-31" };
    expect(() => [...generateSessions(crowded)]).toThrow("no room");
    expect(() => [...generateSessions({ ...crowded, from: "2026-02-01" })]).toThrow("ends before");
  });
});

describe("broken sessions", () => {
  const good = generated({ rows: 5000, seed: 1 });
  const { lines, broken } = generated({ rows: 5000, seed: 1, faults: each(0.05 / faultKinds.length) });

  test("are as many as asked for, every kind about as often as every other", () => {
    expect(good.broken).toEqual([]);
    expect(lines).toHaveLength(5001);
    expect(broken.length).toBeGreaterThan(200);
    expect(broken.length).toBeLessThan(300);
    const times = faultKinds.map((kind) => broken.filter(({ fault }) => fault === kind).length);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(2);
  });

  test("are the very lines that are told of", () => {
    const differ = lines.flatMap((line, index) => (line === good.lines[index] ? [] : [index + 1]));
    expect(broken.map(({ line }) => line)).toEqual(differ);
  });

  test("have their reasons, or repeat a good line before them", () => {
    for (const { line, reasons, duplicateOf } of broken) {
      if (duplicateOf === undefined) {
        expect(reasons).not.toEqual([]);
        continue;
      }
      expect(duplicateOf).toBeLessThan(line);
      expect(lines[duplicateOf - 1]).toBe(good.lines[duplicateOf - 1]);
      expect(lines[line - 1]?.split(",")[0]).toBe(lines[duplicateOf - 1]?.split(",")[0]);
    }
  });

  test("have only the faults that were asked for, each at its own rate", () => {
    const some = generated({ rows: 5000, seed: 2, faults: { "still open": 0.04, "NUL byte": 0.01 } });
    const count = (kind: string) => some.broken.filter(({ fault }) => fault === kind).length;
    expect(count("still open") + count("NUL byte")).toBe(some.broken.length);
    expect(count("still open") / count("NUL byte")).toBeCloseTo(4, 0);
    expect(some.broken.length).toBeGreaterThan(200);
    expect(some.broken.length).toBeLessThan(300);
    expect(some.lines.filter((line) => line.includes("\0"))).toHaveLength(count("NUL byte"));
  });

  test("can be all of them; more than all, or fewer than none, are refused", () => {
    expect(generated({ rows: 50, seed: 1, faults: { "no site": 1 } }).broken).toHaveLength(50);
    expect(() => generated({ rows: 50, seed: 1, faults: { "no site": 1, "still open": 0.1 } })).toThrow(
      "1.1",
    );
    expect(() => generated({ rows: 50, seed: 1, faults: { "no site": -0.1 } })).toThrow("shares");
  });

  test("begin with the first row, save those that repeat one", () => {
    const [first, second] = generated({ rows: 2, seed: 1, faults: { "same row again": 1 } }).broken;
    expect(first).toEqual({ line: 3, fault: "same row again", reasons: [], duplicateOf: 2 });
    expect(second).toBeUndefined();
  });
});
