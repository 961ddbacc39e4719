/** A Java that is gone: the job run fails and says so, and the next one succeeds when it is back. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import type { JobRun } from "@penstock/local/glue/job-run.ts";
import { SparkHost } from "@penstock/local/glue/spark-host.ts";
import { sparkOptions } from "@penstock/local/glue/spark-options.ts";
import { Glue } from "@penstock/local/glue.ts";
import { adviceFor } from "@penstock/steps/advice.ts";
import { toldText } from "@penstock/steps/told-cause.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

jest.setTimeout(240_000);

const root = mkdtempSync(join(tmpdir(), "penstock-java-"));
let environment = sparkEnvironment();
let spark: SparkHost;
let glue: Glue;

beforeAll(() => {
  const lake = join(root, "lake");
  mkdirSync(lake);
  mkdirSync(join(root, "records"));
  writeFileSync(join(root, "job.py"), "print('done')\n");
  const options = { name: "penstock-java-gone", lake, scratch: root, jars: toolchain.jars };
  const archive = { path: toolchain.classDataArchive, write: false };
  spark = new SparkHost({
    python: toolchain.python,
    environment: () => environment,
    options: () => sparkOptions({ ...options, archive, cores: 1, memoryMb: 4096 }),
    scratch: join(root, "spark"),
    record: join(root, "spark.json"),
    log: join(root, "spark.log"),
  });
  const job = { name: "job", script: join(root, "job.py"), defaultArguments: {}, timeoutMinutes: 5 };
  glue = new Glue({
    spark,
    python: toolchain.python,
    jobs: () => [job],
    environment: () => environment,
    records: join(root, "records"),
    logs: join(root, "logs"),
    lake: root,
  });
});
afterAll(async () => {
  await glue.close();
  await spark.close();
  rmSync(root, { recursive: true, force: true });
});

const run = (): Promise<JobRun> => glue.ended("job", glue.start("job", {}));

test("a run without Java fails with that reason and what to do; with Java again, the next succeeds", async () => {
  const whole = environment;
  environment = { ...whole, JAVA_HOME: join(root, "nowhere") };
  const failed = await run();
  expect(failed).toMatchObject({
    state: "FAILED",
    error: expect.stringContaining("Spark did not start: its host process ended (exit code 1)"),
  });
  expect(readFileSync(join(root, "spark.log"), "utf8")).toContain("nowhere/bin/java");
  const told = toldText(String(failed.error));
  expect(told).toBe("Spark did not start");
  expect(adviceFor(`States.TaskFailed: ${told}`, "local").join(" ")).toContain("pnpm penstock setup");

  environment = whole;
  expect(await run()).toMatchObject({ state: "SUCCEEDED" });
});
