/** What a person sees of a kill: see kill-anywhere.test.ts for what the lake comes to. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

/** Waits until a file of the home holds what is looked for. */
async function pidFrom(path: string): Promise<number> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    try {
      const { pid } = JSON.parse(readFileSync(path, "utf8"));
      if (typeof pid === "number") return pid;
    } catch {
      // not there yet
    }
    await sleep(50);
  }
  throw new Error(`${path} never named a process`);
}

describe("kill -9, and run again", () => {
  let penstock: Penstock;
  let input: string;
  beforeEach(async () => {
    penstock = openPenstock();
    input = join(penstock.files, "sessions.csv");
    await penstock.run("sample", "charging-sessions", "--rows", "3000", "--seed", "3", "--out", input);
  });
  afterEach(() => penstock.end());

  const run = (): Promise<Answer> => penstock.run("run", "charging-sessions", "--input", input, "--json");

  /** Starts a run and waits until its job works. */
  async function whileTheJobRuns(): Promise<{ first: Promise<Answer> }> {
    const first = run();
    await pidFrom(join(penstock.home, "spark.json"));
    await sleep(2500);
    return { first };
  }

  test("Spark, in the middle of a job: the next run finishes the work under the same id", async () => {
    const { first } = await whileTheJobRuns();
    process.kill(await pidFrom(join(penstock.home, "spark.json")), "SIGKILL");
    const killed = await first;
    expect(killed.exitCode).toBe(1);
    expect(killed.json.status).toBe("FAILED");

    const second = await penstock.run("run", "charging-sessions", "--json");
    expect(second.json).toMatchObject({ status: "SUCCEEDED", run_id: killed.json.run_id });
    expect(second.json.datasets.charging_sessions).toMatchObject({
      read: 3000,
      accepted: 3000,
      inserted: 3000,
    });
  });

  test("the daemon: a new one resumes the run under its own id, and nothing is left behind", async () => {
    const { first } = await whileTheJobRuns();
    const daemon = await pidFrom(join(penstock.home, "daemon.json"));
    const spark = await pidFrom(join(penstock.home, "spark.json"));
    process.kill(daemon, "SIGKILL");
    expect((await first).exitCode).toBe(1);
    for (let waited = 0; waited < 20_000 && isAlive(spark); waited += 100) await sleep(100);
    expect(isAlive(spark)).toBe(false);

    const second = await run();
    expect(second.json.status).toBe("SUCCEEDED");
    expect(second.json.datasets.charging_sessions).toMatchObject({
      read: 3000,
      accepted: 3000,
      inserted: 3000,
    });
    const { json } = await penstock.run("runs", "--json");
    expect(json.runs).toHaveLength(1);
    expect(json.runs[0]).toMatchObject({ status: "SUCCEEDED", attempt: 2 });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
