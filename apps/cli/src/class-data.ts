import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { javaHome } from "@penstock/toolchain/setup/java.ts";
import type { Step } from "@penstock/toolchain/setup/step.ts";
import { execa } from "execa";

/** A run of this many rows loads every class that a run needs. */
const rows = 200;

/**
 * The class-data archive of Spark's JVM, which halves the time it takes to start. It is written by a JVM that has
 * run a pipeline once, in a home of its own, as that JVM ends.
 */
export const classDataArchive: Step = {
  name: "class-data",
  title: "Class-data archive, so that Spark starts quickly (one run in a folder of its own)",
  madeFrom: () =>
    ["python/requirements.txt", "jars.ivy.xml"]
      .map((lock) => readFileSync(join(toolchain.repository, "packages/toolchain", lock), "utf8"))
      .join() + javaHome(),
  result: toolchain.classDataArchive,
  run: async (report) => {
    rmSync(toolchain.classDataArchive, { force: true });
    const home = mkdtempSync(join(tmpdir(), "penstock-class-data-"));
    const env = { PENSTOCK_HOME: home, PENSTOCK_CLASS_DATA: "write" };
    const penstock = (...words: string[]) =>
      execa(process.execPath, [join(import.meta.dirname, "main.ts"), ...words], {
        env,
        reject: false,
        all: true,
      });
    try {
      const { pipelines } = await import("@penstock/pipelines/registry.ts");
      const [first] = pipelines;
      if (first === undefined) return;
      const samples = join(home, "samples");
      report("one run, to see which classes it needs");
      await penstock("sample", first.name, "--rows", String(rows), "--out", samples);
      const run = await penstock("run", first.name, "--input", join(samples, "*"));
      const record = join(home, "spark.json");
      // a run that failed has loaded the classes too, once its JVM is there
      if (run instanceof Error && !existsSync(record)) throw run;
      report("writing the archive");
      await endJvm(record);
    } finally {
      await penstock("stop");
      rmSync(home, { recursive: true, force: true });
    }
    if (!existsSync(toolchain.classDataArchive)) {
      throw new Error("the JVM wrote no class-data archive as it ended");
    }
  },
};

/** So many milliseconds a JVM may take to write its archive: seconds of work, but on a machine that may be busy. */
const longestMs = 600_000;

/** Ends the JVM in good order, which is when it writes its archive. */
async function endJvm(record: string): Promise<void> {
  const { pid } = JSON.parse(readFileSync(record, "utf8")) as { pid: number };
  process.kill(pid, "SIGTERM");
  for (let waited = 0; waited < longestMs; waited += 100) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(100);
  }
}
