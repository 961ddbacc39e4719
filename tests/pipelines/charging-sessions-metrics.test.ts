import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { generateSessions, generateSites } from "@penstock/pipelines/charging-sessions/generator.ts";
import chargingSessions from "@penstock/pipelines/charging-sessions/pipeline.ts";
import { athenaOver, sessionColumns, siteColumns } from "../support/athena-rows.ts";

jest.setTimeout(60_000);

const { metrics, checks, named } = chargingSessions.queries;
type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** operator, site, charger, connector, type, zone, start, end, kWh, user */
const onPaper = [
  // kerb: three sessions on one connector, of which two overlap; a charger without connectors, also overlapping;
  // the last one goes through the night when the clocks are put forward: 01:00 UTC is 02:00 on them
  ["op", "kerb", "A", "1", "CCS", "Europe/London", "2025-03-01T10:30Z", "2025-03-01T11:15Z", 9, "u1"],
  ["op", "kerb", "A", "1", "CCS", "Europe/London", "2025-03-01T11:00Z", "2025-03-01T11:45Z", 4.5, "u1"],
  ["op", "kerb", "B", null, null, "Europe/London", "2025-03-01T12:00Z", "2025-03-01T12:30Z", 2, null],
  ["op", "kerb", "B", null, null, "Europe/London", "2025-03-01T12:15Z", "2025-03-01T12:45Z", 2, null],
  ["op", "kerb", "A", "1", "CCS", "Europe/London", "2025-03-30T00:30Z", "2025-03-30T02:30Z", 8, "u1"],
  // yard: two connectors, open from 08:30 to 18:00; five and a half hours ahead of UTC: 08:00 to 09:30, 17:00 to 19:00
  ["yards", "yard", "C", "1", "Type 2", "Asia/Kolkata", "2025-03-10T02:30Z", "2025-03-10T04:00Z", 15, "u2"],
  ["yards", "yard", "C", "1", "Type 2", "Asia/Kolkata", "2025-03-11T11:30Z", "2025-03-11T13:30Z", 10, null],
] as const;

describe("on paper", () => {
  let run: Run;
  beforeAll(async () => {
    const rows = onPaper.map(([operator, site, charger, connector, type, zone, start, end, kwh, user], i) => {
      const at = (time: string) => time.replace("Z", ":00Z");
      const id = `s${i + 1}`;
      const place = [id, operator, site, null, charger, null, connector, type];
      return [...place, at(start), at(end), zone, kwh, user, "r1", i + 2];
    });
    const yard = ["yard", "The yard", "Asia/Kolkata", 2, "08:30", "18:00", "r1"];
    run = await athenaOver({
      charging_sessions: { columns: sessionColumns, rows },
      sites: { columns: siteColumns, rows: [yard] },
    });
  });

  test("session_duration", async () => {
    expect(bySite(await run(metrics.session_duration ?? ""))).toEqual({
      // 30, 30, 45, 45, 120 and 90, 120 minutes
      kerb: [{ period: "all", sessions: 5, average_minutes: 54, median_minutes: 45 }],
      yard: [{ period: "all", sessions: 2, average_minutes: 105, median_minutes: 105 }],
    });
  });

  test("connector_types", async () => {
    const { kerb } = bySite(await run(metrics.connector_types ?? ""));
    expect(kerb).toEqual([
      { period: "CCS", sessions: 3, energy_kwh: 21.5, share_of_sessions: 0.6, share_of_energy: 0.8431 },
      { period: "unknown", sessions: 2, energy_kwh: 4, share_of_sessions: 0.4, share_of_energy: 0.1569 },
    ]);
  });

  test("usage_by_hour shares a session among its hours, on the clocks of the site", async () => {
    const { kerb = [], yard = [] } = bySite(await run(metrics.usage_by_hour ?? ""));
    expect(kerb).toHaveLength(24);
    const used = (row: Record<string, unknown>) => Number(row.occupied_minutes) > 0;
    const figures = (row: Record<string, unknown>) => [
      row.period,
      row.sessions,
      row.energy_kwh,
      row.occupied_minutes,
      row.utilisation_ratio,
      row.peak_rank,
    ];
    expect(kerb.filter(used).map(figures)).toEqual([
      // both connectors were there on 29 of the nights, 00:00 to 01:00
      ["00", 0.25, 2, 30, ratio(30, 29 * 120), 4],
      ["02", 0.5, 4, 60, ratio(60, 29 * 120), 1],
      // the data ends at 03:30
      ["03", 0.25, 2, 30, ratio(30, 28 * 120 + 60), 5],
      // A was there from 10:30 of the first day on
      ["10", 0.67, 6, 30, ratio(30, 28 * 120 + 30), 6],
      ["11", 1.33, 7.5, 45, ratio(45, 28 * 120 + 60), 2],
      ["12", 2, 4, 45, ratio(45, 29 * 120), 3],
    ]);
    expect(yard.filter(used).map(figures)).toEqual([
      // from 08:30 on it was open: half of the hour, on two days, two connectors
      ["08", 0.67, 10, 60, ratio(30, 120), 1],
      ["09", 0.33, 5, 30, ratio(30, 240), 4],
      ["17", 0.5, 5, 60, ratio(60, 240), 2],
      ["18", 0.5, 5, 60, null, 3],
    ]);
  });

  test("utilisation counts overlaps once, and open hours only", async () => {
    const { kerb, yard } = bySite(await run(metrics.utilisation ?? ""));
    // A has been there for 28 days and 16 hours, B for 90 minutes less
    const available = (28 * 24 + 16) * 120 - 90;
    const figures = {
      occupied_minutes: 45 + 30 + 45 + 120,
      available_minutes: available,
      utilisation_ratio: ratio(240, available),
    };
    expect(kerb).toEqual([
      { period: "2025-03", ...figures },
      { period: "all", ...figures },
    ]);
    // two days of nine and a half hours
    const open = {
      occupied_minutes: 120,
      available_minutes: 2 * 2 * 570,
      utilisation_ratio: ratio(120, 2280),
    };
    expect(yard).toEqual([
      { period: "2025-03", ...open },
      { period: "all", ...open },
    ]);
  });

  test("user_behaviour", async () => {
    const rows = await run(metrics.user_behaviour ?? "");
    expect(rows.sort((a, b) => (String(a.user_id) < String(b.user_id) ? -1 : 1))).toEqual([
      {
        user_id: "u1",
        period: "all",
        sessions: 3,
        energy_kwh: 21.5,
        // once each at 0, 10 and 11: the earliest of them
        usual_hour: 0,
        // half an hour, and 28 days and 13.5 hours
        median_days_between: 14.29,
        first_seen: "2025-03-01",
        last_seen: "2025-03-30",
        kind: "returning",
      },
      {
        user_id: "u2",
        period: "all",
        sessions: 1,
        energy_kwh: 15,
        usual_hour: 8,
        median_days_between: null,
        first_seen: "2025-03-10",
        last_seen: "2025-03-10",
        kind: "new",
      },
    ]);
  });

  test("every check holds, and the counts are compared", async () => {
    const names = { run_id: "r1", sessions: 7, sites: 1 };
    expect(await checked(run, names)).toEqual({
      counts_agree_with_ledger: 0,
      no_key_twice: 0,
      no_session_ends_before_it_starts: 0,
      utilisation_between_0_and_1: 0,
    });
    expect(await checked(run, { ...names, sessions: 8 })).toMatchObject({ counts_agree_with_ledger: 1 });
  });
});

describe("a month of a generated city", () => {
  let run: Run;
  const sessions = fields(generateSessions({ rows: 6000, seed: 3, from: "2025-10-10", until: "2025-11-10" }));
  beforeAll(async () => {
    run = await athenaOver({
      charging_sessions: {
        columns: sessionColumns,
        rows: sessions.map((row, i) => [...row, "r1", i + 2]),
      },
      // every second site declares itself
      sites: {
        columns: siteColumns,
        rows: fields(generateSites(3))
          .filter((_, i) => i % 2 === 0)
          .map((row) => [...row, "r1"]),
      },
    });
  });

  test("hours add up to sessions, energy and occupied time", async () => {
    const total = (rows: Record<string, unknown>[], name: string) =>
      rows.reduce((sum, row) => sum + Number(row[name]), 0);
    const hours = await run(metrics.usage_by_hour ?? "");
    expect(total(hours, "sessions")).toBeCloseTo(6000, 0);
    expect(total(hours, "energy_kwh")).toBeCloseTo(
      sessions.reduce((sum, row) => sum + Number(row[11]), 0),
      0,
    );
    const minutes = sessions.reduce(
      (sum, row) => sum + (Date.parse(String(row[9])) - Date.parse(String(row[8]))) / 60_000,
      0,
    );
    expect(total(hours, "occupied_minutes")).toBeCloseTo(minutes, -1);
  });

  test("the two ways of counting utilisation, by hours and by days, agree", async () => {
    const hours = bySite(await run(metrics.usage_by_hour ?? ""));
    const shut = new Set(
      fields(generateSites(3))
        .filter((row) => row[4] !== null)
        .map((row) => row[0]),
    );
    for (const [site, periods] of Object.entries(bySite(await run(metrics.utilisation ?? "")))) {
      const all = periods.find(({ period }) => period === "all");
      const months = periods.filter(({ period }) => period !== "all");
      const sum = (name: string) => months.reduce((total, month) => total + Number(month[name]), 0);
      expect(sum("occupied_minutes")).toBeCloseTo(Number(all?.occupied_minutes), 0);
      expect(sum("available_minutes")).toBeCloseTo(Number(all?.available_minutes), 0);
      if (shut.has(site)) continue;
      const occupied = (hours[site] ?? []).reduce((total, hour) => total + Number(hour.occupied_minutes), 0);
      // 24 rounded figures against one
      expect(occupied).toBeCloseTo(Number(all?.occupied_minutes), -1);
    }
  });

  test("every check holds and every named query runs", async () => {
    expect(Object.values(await checked(run, { run_id: "r1", sessions: 6000, sites: 20 }))).toEqual([
      0, 0, 0, 0,
    ]);
    for (const [name, { sql, description }] of Object.entries(named)) {
      expect(description).not.toBe("");
      expect({ name, rows: Array.isArray(await run(sql)) }).toEqual({ name, rows: true });
    }
  });
});

test("a session that ends as it starts counts, and takes no time", async () => {
  const moment = "2025-03-01T10:00:00.0001Z";
  const place = ["s1", "op", "kerb", null, "A", null, null, null];
  const row = (start: string, end: string) => [...place, start, end, "UTC", 3, null, "r1", 2];
  for (const end of [moment, "2025-03-01T10:00:00.0009Z"]) {
    const run = await athenaOver({
      charging_sessions: { columns: sessionColumns, rows: [row(moment, end)] },
      sites: { columns: siteColumns, rows: [] },
    });
    const [hour] = await run(metrics.usage_by_hour ?? "");
    expect(hour).toMatchObject({ period: "10", sessions: 1, energy_kwh: 3, occupied_minutes: 0 });
    // nothing was available either, so there is no ratio
    expect(await run(metrics.utilisation ?? "")).toEqual([]);
  }
});

test("without sessions there are no figures, and no errors", async () => {
  const run = await athenaOver({
    charging_sessions: { columns: sessionColumns, rows: [] },
    sites: { columns: siteColumns, rows: [] },
  });
  for (const sql of Object.values(metrics)) expect(await run(sql)).toEqual([]);
  expect(Object.values(await checked(run, { run_id: "r1", sessions: 0, sites: 0 }))).toEqual([0, 0, 0, 0]);
});

/** How many rows offend, by check. */
async function checked(
  run: Run,
  { run_id, sessions, sites }: { run_id: string; sessions: number; sites: number },
): Promise<Record<string, number>> {
  const names: Record<string, string | number> = {
    run_id,
    "charging_sessions.rows": sessions,
    "charging_sessions.inserted": sessions,
    "charging_sessions.updated": 0,
    "sites.rows": sites,
    "sites.inserted": sites,
    "sites.updated": 0,
  };
  const found: Record<string, number> = {};
  for (const [name, sql] of Object.entries(checks)) {
    const filled = sql.replaceAll(/\$\{([^}]+)\}/g, (_, key: string) => String(names[key]));
    found[name] = (await run(filled)).length;
  }
  return found;
}

function bySite(rows: readonly Record<string, unknown>[]): Record<string, Record<string, unknown>[]> {
  const sites: Record<string, Record<string, unknown>[]> = {};
  for (const { site_id, ...figures } of rows) {
    const site = String(site_id);
    sites[site] ??= [];
    sites[site].push(figures);
  }
  for (const site of Object.values(sites))
    site.sort((a, b) => (String(a.period) < String(b.period) ? -1 : 1));
  return sites;
}

function ratio(occupied: number, available: number): number {
  return Math.round((occupied / available) * 10_000) / 10_000;
}

/** The rows of generated CSV lines; a comma inside quotes separates nothing. */
function fields(lines: Iterable<string>): (string | null)[][] {
  return [...lines]
    .slice(1)
    .map((line) =>
      line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map((field) => (field === "" ? null : field.replaceAll('"', ""))),
    );
}
