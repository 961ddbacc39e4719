/** A daemon that is killed while its Spark starts, and another in its place at once: nothing of the first is left. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, jest, test } from "@jest/globals";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { sparkOptions } from "@penstock/local/glue/spark-options.ts";
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

test("the JVM ends, though the folder is gone where it would say that it is ready", async () => {
  mkdirSync(scratch);
  const archive = { path: toolchain.classDataArchive, write: false };
  const options = sparkOptions({
    ...{ name, lake: root, scratch, jars: toolchain.jars, archive, cores: 1, memoryMb: 4096 },
  });
  // a daemon, as far as its Spark can tell
  const daemon = spawn("sh", ["-c", '"$0" "$1" <&3 & wait', toolchain.python, host], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    env: { ...sparkEnvironment(), PENSTOCK_SPARK_CONF: JSON.stringify(options), TMPDIR: scratch },
  });
  await until(() => jvms().length > 0);
  expect(jvms()).toHaveLength(1);
  daemon.kill("SIGKILL");
  await once(daemon, "exit");
  rmSync(scratch, { recursive: true, force: true });
  await until(() => jvms().length === 0);
  expect(jvms()).toEqual([]);
});
