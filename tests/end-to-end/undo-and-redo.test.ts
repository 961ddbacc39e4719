/** What a person does after a load went wrong: look, redrive, roll back, load again. One lake, one story. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

const header =
  "session_id,operator,site_id,site_name,charger_id,charger_model,connector_id,connector_type,started_at,ended_at,time_zone,energy_kwh,user_id";
const session = (id: string, kwh: number | "", { end = "11:00:00Z", type = "CCS" } = {}) =>
  `${id},acme,site-1,One,c-1,,1,${type},2026-01-0${id.slice(1)}T10:00:00Z,${end === "" ? "" : `2026-01-0${id.slice(1)}T${end}`},Europe/London,${kwh},u-1`;

let penstock: Penstock;
beforeAll(() => {
  penstock = openPenstock();
});
afterAll(() => penstock.end());

const put = (name: string, ...rows: string[]): string => {
  const path = join(penstock.files, name);
  writeFileSync(path, `${[header, ...rows].join("\n")}\n`);
  return path;
};
const load = async (path: string) =>
  (await penstock.run("run", "charging-sessions", "--input", path, "--json")).json;
const table = async () =>
  (
    await penstock.run(
      "sql",
      "SELECT session_id || ' ' || CAST(energy_kwh AS varchar) AS row FROM charging_sessions ORDER BY 1",
      "--format",
      "json",
    )
  ).json.map(({ row }: { row: string }) => row);
const figures = async () => {
  const { items } = (await penstock.run("lookup", "charging-sessions", "site-1", "--json")).json;
  return items.map(({ run_id, publish, ...item }: Record<string, unknown>) => item);
};
const quarantine = async (...options: string[]) =>
  (await penstock.run("quarantine", "charging_sessions", "--json", ...options)).json.rows.map(
    ({ line, state }: { line: number; state: string }) => `${line} ${state}`,
  );

let first: string;
let second: string;
let before: unknown;

test("an open session is set aside, and resolved by the file that completes it", async () => {
  const a = put(
    "a.csv",
    session("s1", 10),
    session("s2", "", { end: "" }),
    ...["s3", "s4", "s5", "s6"].map((id) => session(id, 3)),
  );
  first = (await load(a)).run_id;
  before = await figures();
  expect(await quarantine()).toEqual(["3 open"]);
  second = (await load(put("b.csv", session("s2", 7), session("s3", 50)))).run_id;
  expect(await table()).toEqual(["s1 10.000", "s2 7.000", "s3 50.000", "s4 3.000", "s5 3.000", "s6 3.000"]);
  expect(await quarantine()).toEqual([]);
  expect(await quarantine("--all")).toEqual([`3 resolved by ${second}`]);
});

test("rollback: the table, its figures and its quarantine are as they were, and a sweep brings nothing back", async () => {
  const { json, exitCode } = await penstock.run("rollback", "charging_sessions", "--to", first, "--json");
  expect({ exitCode, status: json.status }).toEqual({ exitCode: 0, status: "SUCCEEDED" });
  expect(await table()).toEqual(["s1 10.000", "s3 3.000", "s4 3.000", "s5 3.000", "s6 3.000"]);
  expect(await figures()).toEqual(before);
  expect(await quarantine()).toEqual(["3 open"]);
  const { runs } = (await penstock.run("runs", "--json")).json;
  expect(runs.map((run: { run_id: string; status: string }) => [run.run_id, run.status])).toEqual([
    [json.run_id, "SUCCEEDED"],
    [second, "ROLLED_BACK"],
    [first, "SUCCEEDED"],
  ]);
  expect((await penstock.run("run", "charging-sessions", "--json")).json.run_id).toBeNull();
});

test("a rollback to what isn't there is refused, and changes nothing", async () => {
  const unknown = await penstock.run("rollback", "charging_sessions", "--to", "20200101T000000Z-aaaaaa");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('knows no run "20200101T000000Z-aaaaaa"');
  const undone = await penstock.run("rollback", "charging_sessions", "--to", second);
  expect(undone.stderr).toContain("was rolled back itself");
  expect((await penstock.run("rollback", "charging_session", "--to", first)).exitCode).toBe(2);
});

test("--again takes in what was undone; maintenance leaves it as it is; a backfill finds it unchanged", async () => {
  const again = await penstock.run("run", "charging-sessions", "--again", "--json");
  expect(again.json.datasets.charging_sessions).toMatchObject({ read: 2, inserted: 1, updated: 1 });
  const rows = ["s1 10.000", "s2 7.000", "s3 50.000", "s4 3.000", "s5 3.000", "s6 3.000"];
  expect(await table()).toEqual(rows);
  expect((await penstock.run("maintain", "charging-sessions")).exitCode).toBe(0);
  expect(await table()).toEqual(rows);
  const dry = await penstock.run("backfill", "charging-sessions", "--prefix", "b", "--dry-run", "--json");
  expect(dry.json.files.map(({ key }: { key: string }) => key)).toEqual(["raw/ev_sessions/b.csv"]);
  // today in UTC, as the files' times are
  const today = new Date().toISOString().slice(0, 10);
  const until = (day: string) => [
    "backfill",
    "charging-sessions",
    "--from",
    "2020-01-01",
    "--to",
    day,
    "--json",
  ];
  expect((await penstock.run(...until("2020-12-31"))).json).toEqual({ files: [] });
  const done = await penstock.run(...until(today));
  expect(done.json.datasets.charging_sessions).toMatchObject({ read: 8, inserted: 0, updated: 0 });
  expect((await penstock.run("backfill", "charging-sessions")).exitCode).toBe(2);
  expect((await penstock.run("backfill", "charging-sessions", "--from", "2026-02-30")).exitCode).toBe(2);
  expect((await penstock.run("backfill", "charging-sessions", "--to", "yesterday")).exitCode).toBe(2);
});

test("a redriven row that is no better is set aside again, once", async () => {
  await load(
    put(
      "c.csv",
      session("s7", 5, { type: "CSS" }),
      session("s8", 5),
      session("s8", 5),
      session("s9", 5),
      session("s9", 6),
    ),
  );
  expect(await quarantine()).toEqual(["2 open"]);
  const { json } = await penstock.run("redrive", "charging_sessions", "--reason", "connector_type", "--json");
  expect(json.datasets.charging_sessions).toMatchObject({ read: 1, accepted: 0, quarantined: 1 });
  expect(await quarantine("--all", "--file", "c.csv")).toEqual([`2 retried by ${json.run_id}`, "2 open"]);
});

test("two commands at once: one runs, the other joins, and each file is in one run", async () => {
  const files = [put("d.csv", session("s1", 11)), put("e.csv", session("s3", 60))];
  const [d, e] = await Promise.all(files.map(load));
  expect([d.status, e.status]).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  expect((await table()).slice(0, 3)).toEqual(["s1 11.000", "s2 7.000", "s3 60.000"]);
  const { runs } = (await penstock.run("runs", "--json")).json;
  const keys = runs.flatMap((run: { files: { key: string }[] }) => run.files.map(({ key }) => key));
  expect(keys.filter((key: string) => /[de]\.csv$/.test(key)).sort()).toEqual([
    "raw/ev_sessions/d.csv",
    "raw/ev_sessions/e.csv",
  ]);
});
