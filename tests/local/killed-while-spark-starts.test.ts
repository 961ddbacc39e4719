/** A daemon that is killed while its Spark starts, and another in its place at once: nothing of the first is left. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, jest, test } from "@jest/globals";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { sparkOptions } from "@penstock/local/glue/spark-options.ts";
import { isRunning } from "@penstock/local/process.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "penstock-starting-"));
const name = root.split("/").at(-1) ?? "";
const scratch = join(root, "spark");
const host = join(toolchain.repository, "packages/local/python/spark_host.py");
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The JVMs of this test's Spark. */
function jvms(): readonly string[] {
  const all = execFileSync("ps", ["-ww", "-A", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
  // not what finds out how to start them
  return all.filter((line) => /java -cp /.test(line) && line.includes(`-Dpenstock.site=${name}`));
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isSo() && Date.now() < end; ) await setTimeout(20);
}

/** A shell that runs a command in which `"$0" "$1"` is Spark's host: a daemon, as far as that can tell. */
function daemon(command: string) {
  mkdirSync(scratch, { recursive: true });
  const archive = { path: toolchain.classDataArchive, write: false };
  const options = sparkOptions({
    ...{ name, lake: root, scratch, jars: toolchain.jars, archive, cores: 1, memoryMb: 4096 },
  });
  return spawn("sh", ["-c", `export PENSTOCK_STARTED_BY=$$; ${command}`, toolchain.python, host], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    env: { ...sparkEnvironment(), PENSTOCK_SPARK_CONF: JSON.stringify(options), TMPDIR: scratch },
  });
}

test("the JVM ends, though the folder is gone where it would say that it is ready", async () => {
  const killed = daemon('"$0" "$1" <&3 & wait');
  await until(() => jvms().length > 0);
  expect(jvms()).toHaveLength(1);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  rmSync(scratch, { recursive: true, force: true });
  await until(() => jvms().length === 0);
  expect(jvms()).toEqual([]);
});

test("a host that comes up after its daemon is gone starts no JVM", async () => {
  const gone = daemon(`"$0" "$1" <&3 & echo $! > ${join(root, "pid")}`);
  await once(gone, "exit");
  const pid = Number(readFileSync(join(root, "pid"), "utf8"));
  await until(() => !isRunning(pid));
  expect(isRunning(pid)).toBe(false);
  expect(jvms()).toEqual([]);
});
