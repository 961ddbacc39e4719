/** The first of the README's commands: every pipeline once, then live, until Ctrl-C. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, jest, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { openPenstock } from "../support/penstock.ts";

jest.setTimeout(600_000);

test("start runs every pipeline, outlives its daemon's death, and takes it down at Ctrl-C", async () => {
  const penstock = openPenstock();
  const daemonFile = join(penstock.home, "daemon.json");
  const daemon = (): number => JSON.parse(readFileSync(daemonFile, "utf8")).pid;
  const died: number[] = [];
  try {
    const { exitCode, stderr } = await penstock.interrupt(async (said) => {
      const comes = async (text: string) => {
        for (const end = Date.now() + 400_000; !said().includes(text); await sleep(100))
          if (Date.now() > end) throw new Error(`${text} was not said, but: ${said()}`);
      };
      await comes("Up. Files dropped");
      died.push(daemon());
      process.kill(daemon(), "SIGKILL");
      await comes("starting it again");
      await comes("Answering AWS's protocols at");
      died.push(daemon());
    }, "start");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    for (const { name, serves } of pipelines) {
      expect(stderr).toMatch(new RegExp(`SUCCEEDED runs? .+ of ${name} `));
      if (serves) expect(stderr).toMatch(new RegExp(`${name}: \\d+ more served, `));
    }
    expect(stderr.trimEnd()).toMatch(/Stopping …$/);
    expect(new Set(died).size).toBe(2);
    for (const pid of died) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(existsSync(daemonFile)).toBe(false);
  } finally {
    await penstock.end();
  }
});
