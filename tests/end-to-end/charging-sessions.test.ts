import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

const header =
  "session_id,operator,site_id,site_name,charger_id,charger_model,connector_id,connector_type,started_at,ended_at,time_zone,energy_kwh,user_id";

const zero = {
  read: 0,
  accepted: 0,
  quarantined: 0,
  duplicates: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  superseded: 0,
};

let penstock: Penstock;
beforeAll(() => {
  penstock = openPenstock();
});
afterAll(() => penstock.end());

const file = (name: string): string => join(penstock.files, name);
const run = (...inputs: string[]) =>
  penstock.run("run", "charging-sessions", ...inputs.flatMap((name) => ["--input", file(name)]), "--json");
const rows = async (sql: string) => (await penstock.run("sql", sql, "--format", "json")).json;
const sessions = async () => (await rows("SELECT count(*) AS n FROM charging_sessions"))[0].n;

/** Everything that can be looked up of the sites, without what tells one publication from the next. */
async function lookups(): Promise<unknown> {
  const sites = await rows("SELECT DISTINCT site_id FROM charging_sessions ORDER BY 1");
  const found = [];
  for (const { site_id } of sites.slice(0, 3)) {
    found.push((await penstock.run("lookup", "charging-sessions", site_id, "--json")).json);
  }
  return found;
}

describe("charging sessions, from a file to figures", () => {
  test("a generated file is loaded, served and told of", async () => {
    await penstock.run(
      "sample",
      "charging-sessions",
      "--rows",
      "2000",
      "--seed",
      "7",
      "--out",
      file("a.csv"),
    );
    const { exitCode, json, stderr } = await run("a.csv");
    expect(stderr).toContain("SUCCEEDED");
    expect({ exitCode, ...json.datasets.charging_sessions }).toEqual({
      exitCode: 0,
      ...zero,
      read: 2000,
      accepted: 2000,
      inserted: 2000,
    });
    expect(json.states.map((state: { name: string }) => state.name)).toEqual(
      expect.arrayContaining([
        "Claim",
        "RunJob",
        "Settle",
        "CheckSanity",
        "PublishMetrics",
        "Finish",
        "Notify",
      ]),
    );
    expect(await sessions()).toBe(2000);
    expect(await rows("SELECT count(*) AS n FROM charging_sessions_cleaned")).toEqual([{ n: 2000 }]);

    const notices = readdirSync(join(penstock.home, "inbox")).map((name) =>
      readFileSync(join(penstock.home, "inbox", name), "utf8"),
    );
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("2,000");

    const lineage = readFileSync(
      join(penstock.home, "lake/runs/charging-sessions", json.run_id, "lineage.ndjson"),
      "utf8",
    );
    const events = lineage
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map((event) => event.eventType)).toEqual(["START", "COMPLETE"]);
  });

  test("every site's figures can be looked up, and utilisation is a share", async () => {
    const [{ site_id }] = await rows("SELECT site_id FROM charging_sessions ORDER BY 1 LIMIT 1");
    const { json } = await penstock.run("lookup", "charging-sessions", site_id, "--json");
    const metrics = new Set(json.items.map((item: { metric: string }) => item.metric.split("#")[0]));
    expect([...metrics].sort()).toEqual([
      "connector_types",
      "session_duration",
      "usage_by_hour",
      "utilisation",
    ]);
    const all = json.items.find((item: { metric: string }) => item.metric === "utilisation#all");
    expect(all.utilisation_ratio).toBeGreaterThan(0);
    expect(all.utilisation_ratio).toBeLessThanOrEqual(1);
    const [expected] = await rows(
      `SELECT count(*) AS sessions FROM charging_sessions WHERE site_id = '${site_id}'`,
    );
    const duration = json.items.find((item: { metric: string }) => item.metric === "session_duration#all");
    expect(duration.sessions).toBe(expected.sessions);
  });

  test("the same file again changes nothing, and so do the same rows in another file", async () => {
    const before = await lookups();
    const again = await run("a.csv");
    expect({ exitCode: again.exitCode, run_id: again.json.run_id }).toEqual({ exitCode: 0, run_id: null });
    copyFileSync(file("a.csv"), file("b.csv"));
    const copied = await run("b.csv");
    expect(copied.json.datasets.charging_sessions).toEqual({
      ...zero,
      read: 2000,
      accepted: 2000,
      unchanged: 2000,
    });
    expect(await sessions()).toBe(2000);
    expect(await lookups()).toEqual(before);
  });

  test("a file of unknown format is rejected whole, with the nearest; the others of the run go on", async () => {
    writeFileSync(file("odd.csv"), `${header.replace("energy_kwh", "kilowatts")}\nx,y\n`);
    writeFileSync(
      file("good.csv"),
      `${header}\ng-1,acme,site-g,Site G,c-1,,1,CCS,2025-03-01T10:00:00Z,2025-03-01T11:00:00Z,Europe/London,10.5,u-1\n`,
    );
    const { exitCode, json } = await run("odd.csv", "good.csv");
    expect(exitCode).toBe(1);
    expect(json.status).toBe("SUCCEEDED");
    expect(json.datasets.charging_sessions).toMatchObject({ read: 1, accepted: 1, inserted: 1 });
    const rejected = json.files.find((f: { key: string }) => f.key.endsWith("odd.csv"));
    expect(rejected).toMatchObject({ status: "rejected" });
    expect(rejected.reason).toMatch(/penstock/);
    expect(rejected.reason).toMatch(/energy_kwh/);
    expect(rejected.reason).toMatch(/kilowatts/);
  });

  test("an empty file and a header without rows are successes with no row", async () => {
    writeFileSync(file("empty.csv"), "");
    writeFileSync(file("header.csv"), `${header}\n`);
    const { exitCode, json } = await run("empty.csv", "header.csv");
    expect(exitCode).toBe(0);
    expect(json.status).toBe("SUCCEEDED");
    expect(json.datasets.charging_sessions).toEqual(zero);
  });

  test("a broken gate publishes nothing", async () => {
    const before = { sessions: await sessions(), lookups: await lookups() };
    const tiny = Array.from(
      { length: 20 },
      (_, n) =>
        `t-${n},acme,site-g,Site G,c-1,,1,CCS,2025-04-01T10:00:00Z,2025-04-01T11:00:00Z,Europe/London,0.1,u-1`,
    );
    writeFileSync(file("tiny.csv"), [header, ...tiny, ""].join("\n"));
    const { exitCode, json } = await run("tiny.csv");
    expect(exitCode).toBe(1);
    expect(json.status).toBe("FAILED");
    expect(json.error).toMatch(/Mean "energy_kwh"/);
    expect({ sessions: await sessions(), lookups: await lookups() }).toEqual(before);
    const { runs } = (await penstock.run("runs", "--json")).json;
    const { branch, snapshot_id } = runs[0].datasets.charging_sessions;
    expect(branch).toBe(`run_${json.run_id.replace("-", "_")}`);
    const staged = await rows(
      `SELECT count_if(energy_kwh < 1) AS tiny, count(*) AS n FROM charging_sessions FOR VERSION AS OF ${snapshot_id}`,
    );
    expect(staged).toEqual([{ tiny: expect.any(Number), n: before.sessions + 20 }]);
    expect(staged[0].tiny).toBeGreaterThanOrEqual(20);
  });

  test("a row that breaks a rule is quarantined with its line and its text", async () => {
    const good = (n: number) =>
      `q-${n},acme,site-q,Site Q,c-1,,1,CCS,2025-05-0${n}T10:00:00Z,2025-05-0${n}T11:00:00Z,Europe/London,9.5,u-1`;
    const open = "q-9,acme,site-q,Site Q,c-1,,1,CCS,2025-05-09T10:00:00Z,,Europe/London,9.5,u-1";
    writeFileSync(file("open.csv"), [header, ...[1, 2, 3, 4, 5, 6, 7, 8].map(good), "", open, ""].join("\n"));
    const { json } = await run("open.csv");
    expect(json.datasets.charging_sessions).toMatchObject({ read: 9, accepted: 8, quarantined: 1 });
    const quarantine = await penstock.run("quarantine", "charging_sessions", "--run", json.run_id, "--json");
    expect(quarantine.json.rows).toEqual([
      expect.objectContaining({ line: 11, raw: open, reasons: expect.stringContaining("ended_at: missing") }),
    ]);
  });
});

describe("the command line", () => {
  test("wrong usage is exit code 2, and says what is right", async () => {
    const pipeline = await penstock.run("run", "charging-session");
    expect(pipeline.exitCode).toBe(2);
    expect(pipeline.stderr).toContain("did you mean charging-sessions");
    const missing = await penstock.run("run", "charging-sessions", "--input", "nowhere.csv");
    expect(missing.exitCode).toBe(2);
    expect((await penstock.run("sql", "SELECT 1", "--format", "xml")).exitCode).toBe(2);
    expect((await penstock.run("fly")).exitCode).toBe(2);
  });

  test("no file outside of the lake can be read by sql", async () => {
    for (const query of [
      "SELECT * FROM read_csv('/etc/passwd')",
      "SELECT * FROM '/etc/passwd'",
      `SELECT * FROM "/etc/passwd"`,
      "COPY (SELECT 1) TO '/tmp/x'",
    ]) {
      const { exitCode, stdout } = await penstock.run("sql", query);
      expect({ query, exitCode }).toEqual({ query, exitCode: 1 });
      expect(stdout).not.toContain("root:");
    }
  });

  test("status and runs tell of what ran", async () => {
    const { json: status } = await penstock.run("status", "--json");
    expect(status.pipelines).toContainEqual(
      expect.objectContaining({ pipeline: "charging-sessions", status: "SUCCEEDED", waiting_files: 0 }),
    );
    const { json: runs } = await penstock.run("runs", "--json");
    expect(runs.runs.map((one: { status: string }) => one.status)).toContain("FAILED");
  });
});
