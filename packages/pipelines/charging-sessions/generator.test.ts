import { describe, expect, test } from "@jest/globals";
import { generateSessions, generateSites } from "./generator.ts";

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
    const of = (seed: number) => [...generateSessions({ rows: 300, seed, faults: 0.1 })].join("\n");
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
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

  test("are broken as often as asked for, each kind among them", () => {
    const broken = rowsOf(generateSessions({ rows: 5000, seed: 1, faults: 0.05 }));
    const differ = broken.filter((row, index) => JSON.stringify(row) !== JSON.stringify(rows[index]));
    expect(differ.length).toBeGreaterThan(200);
    expect(differ.length).toBeLessThan(300);
    const has = (test: (row: Record<string, string>) => boolean) => differ.some(test);
    expect(has((row) => row.ended_at === "")).toBe(true);
    expect(has((row) => Number(row.energy_kwh) < 0)).toBe(true);
    expect(has((row) => (row.ended_at ?? "") < (row.started_at ?? "") && row.ended_at !== "")).toBe(true);
    expect(has((row) => row.charger_id === "")).toBe(true);
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
