/** What can be asked of runs afterwards: how each went, what differs between two, and nothing personal in either. */

import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

const header =
  "session_id,operator,site_id,site_name,charger_id,charger_model,connector_id,connector_type,started_at,ended_at,time_zone,energy_kwh,user_id";
const secret = "driver-4711@example.org";
const session = (id: string, kwh: number): string =>
  `${id},acme,s1,Site,ch1,,c${id},CCS,2026-01-0${id}T10:00:00Z,2026-01-0${id}T11:00:00Z,Europe/London,${kwh},${secret}`;

let penstock: Penstock;
let failed: string;
let first: string;
let second: string;
/** What the tests were told, to be looked through for what is personal. */
const answers: Answer[] = [];

/** The repository, but that its Glue job breaks on the first row while there is a file `broken`. */
function plantBreakingJob(at: string, broken: string): void {
  mkdirSync(join(at, "glue-scripts", "jobs"), { recursive: true });
  for (const name of ["apps", "packages"]) symlinkSync(join(toolchain.repository, name), join(at, name));
  const own = join(toolchain.repository, "glue-scripts", "jobs", "charging_sessions.py");
  const script = `import glob, os, runpy
from pyspark.sql import SparkSession

if os.path.exists(${JSON.stringify(broken)}):
    rows = SparkSession.builder.getOrCreate().read.csv(${JSON.stringify(join(penstock.files, "a.csv"))}, header=True)
    rows.show()
    rows.selectExpr("raise_error(concat('cannot read ', user_id))").collect()
runpy.run_path(${JSON.stringify(own)}, run_name="__main__")
`;
  writeFileSync(join(at, "glue-scripts", "jobs", "charging_sessions.py"), script);
}

beforeAll(async () => {
  penstock = openPenstock();
  const file = (name: string, ...rows: string[]): string => {
    const path = join(penstock.files, name);
    writeFileSync(path, `${[header, ...rows].join("\n")}\n`);
    return path;
  };
  const run = async (...words: string[]) =>
    (await penstock.run("run", "charging-sessions", ...words, "--json")).json;
  const broken = file("broken");
  plantBreakingJob(join(penstock.files, "repository"), broken);
  process.env.PENSTOCK_REPOSITORY = join(penstock.files, "repository");

  failed = (await run("--input", file("a.csv", session("1", 10), session("2", 20)))).run_id;
  rmSync(broken);
  first = (await run()).run_id;
  second = (await run("--input", file("b.csv", session("2", 25), session("3", 30)))).run_id;
});
afterAll(async () => {
  await penstock.end();
  delete process.env.PENSTOCK_REPOSITORY;
});

async function ask(...words: string[]): Promise<Answer> {
  const answer = await penstock.run(...words);
  answers.push(answer);
  return answer;
}
const json = async (...words: string[]) => (await ask(...words, "--json")).json;

describe("logs", () => {
  test("tells both attempts of a run, the states, functions and jobs in the order of time", async () => {
    expect(failed).toBe(first);
    const log = await json("logs", first);
    expect(log).toMatchObject({
      run_id: first,
      pipeline: "charging-sessions",
      status: "SUCCEEDED",
      attempt: 2,
      executions: [{ status: "FAILED" }, { status: "SUCCEEDED" }],
      job_runs: [{ state: "FAILED" }, { state: "SUCCEEDED" }],
    });
    const entries: { at: string; source: string; name: string; level: string; message: string }[] =
      log.entries;
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort());
    const told = entries.map(({ name, message }) => `${name} ${message}`);
    for (const name of ["Claim", "RunJob", "RecordFailure", "Settle", "PublishMetrics", "Finish", "Notify"])
      expect(told).toContain(`${name} entered`);
    expect(told).toContain("penstock-local-charging-sessions-plan-run settle done");
    expect(told).toContain("penstock-local-charging-sessions stage: done");
    expect(told.at(-1)).toBe("execution succeeded");
  });

  test("of another run tells nothing of this one", async () => {
    const log = await json("logs", second);
    expect(log).toMatchObject({ attempt: 1, executions: [{}], job_runs: [{ state: "SUCCEEDED" }] });
    expect(log.entries.filter(({ level }: { level: string }) => level === "ERROR")).toEqual([]);
  });

  test("names what broke, and where the text is that may quote rows", async () => {
    const { stdout } = await ask("logs", first, "--errors");
    expect(stdout).toMatch(/RunJob .*States.TaskFailed: .*(Exception|Error)/);
    expect(stdout).toContain("see /aws-glue/jobs/error stream jr_");
    expect(stdout).not.toContain("\u001b");
  });

  test("of an unknown run names the nearest and the latest", async () => {
    const { exitCode, stderr } = await ask("logs", second.slice(0, -1));
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`did you mean ${second}? The latest: ${second}, ${first}`),
    });
  });
});

describe("diff", () => {
  const key = (session_id: string) => ({ operator: "acme", session_id });

  test("counts the rows of each dataset, shows the first keys, and tells which figures moved", async () => {
    const { datasets, metrics } = await json("diff", first, second);
    expect(datasets.charging_sessions).toMatchObject({
      added: 1,
      gone: 0,
      changed: 1,
      sample: { added: [key("3")], gone: [], changed: [key("2")] },
    });
    expect(datasets.sites).toMatchObject({ from_snapshot: null, to_snapshot: null, added: 0 });
    const [move] = metrics.session_duration.sample;
    expect(metrics.session_duration).toMatchObject({ by: "site_id", added: 0, gone: 0, moved: 1 });
    expect(move).toMatchObject({ key: "s1", period: "all", from: { sessions: 2 }, to: { sessions: 3 } });
    expect(metrics.user_behaviour).toMatchObject({ by: "user_id", added: 0, gone: 0, moved: 1 });
    // computed at the later run's snapshots, they are what is served since
    const { items } = await json("lookup", "charging-sessions", "s1");
    const served = items.find(({ metric }: { metric: string }) => metric === "session_duration#all");
    expect(served).toMatchObject(move.to);
  });

  test("the other way round, what was added is gone", async () => {
    const { datasets } = await json("diff", second, first, "--limit", "0");
    expect(datasets.charging_sessions).toMatchObject({
      added: 0,
      gone: 1,
      changed: 1,
      sample: { added: [], gone: [], changed: [] },
    });
  });
});

test("nothing personal is told anywhere", async () => {
  const glue = join(penstock.home, "logs", "glue");
  const printed = readdirSync(glue).map((name) => readFileSync(join(glue, name), "utf8"));
  // the job did quote the row, when it printed it and when it broke
  expect(printed.join("").split(secret).length).toBeGreaterThan(2);
  const inbox = join(penstock.home, "inbox");
  const notices = readdirSync(inbox).map((name) => readFileSync(join(inbox, name), "utf8"));
  expect(notices).toHaveLength(3);
  expect(notices.join("")).toContain(`pnpm penstock logs ${first}`);
  await json("runs");
  const said = answers.flatMap(({ stdout, stderr }) => [stdout, stderr]);
  expect([...said, ...notices].join("")).not.toContain(secret);
});
