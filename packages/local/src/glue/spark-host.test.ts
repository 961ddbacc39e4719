import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { SparkHost } from "./spark-host.ts";

let root: string;
let host: SparkHost;

/** Stands in for the Python that hosts Spark, from now on. */
function python(script: string): void {
  writeFileSync(join(root, "python"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, "python"), 0o755);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "penstock-spark-host-"));
  host = new SparkHost({
    python: join(root, "python"),
    environment: () => ({ PATH: process.env.PATH ?? "" }),
    options: () => ({ "spark.app.name": "test" }),
    scratch: join(root, "scratch"),
    record: join(root, "spark.json"),
    log: join(root, "spark.log"),
  });
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

test("a Python that is not there: Spark did not start, and is tried again when it is", async () => {
  await expect(host.jvm()).rejects.toThrow(
    /^Spark did not start: spawn .*python ENOENT; .*spark\.log says more$/,
  );
  expect(host.status).toBe("off");
  // stays until its stdin is closed, as the real one does; the JVM's process is its own
  python(`echo '{"event":"ready","port":1,"secret":"s","jvm":'$$'}'; exec cat`);
  expect(await host.jvm()).toMatchObject({ port: 1, secret: "s" });
  expect(host.status).toBe("ready");
});

test("one that ends before Spark is up: Spark did not start, every time that it is asked for", async () => {
  python("exit 1");
  for (let tries = 0; tries < 2; tries += 1) {
    await expect(host.jvm()).rejects.toThrow("Spark did not start: its host process ended (exit code 1)");
    expect(host.status).toBe("off");
  }
});

test("many that ask at once are all told", async () => {
  python("kill -9 $$");
  const asked = await Promise.allSettled([host.jvm(), host.jvm(), host.jvm()]);
  for (const answer of asked)
    expect(answer).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringContaining("its host process ended (SIGKILL)") },
    });
});

describe("a job whose process has ended", () => {
  const answering = (done: boolean) =>
    python(
      `echo '{"event":"ready","port":1,"secret":"s","jvm":'$$'}'; read asked; echo '{"event":"drained","group":"g","done":${done}}'; exec cat`,
    );

  test("and left nothing behind: the JVM stays", async () => {
    answering(true);
    const jvm = await host.jvm();
    await host.drain("g", [1], jvm);
    expect(await host.jvm()).toBe(jvm);
  });

  test("but does not stop in the JVM: the JVM goes", async () => {
    answering(false);
    const jvm = await host.jvm();
    await host.drain("g", [1], jvm);
    expect(await jvm.gone).toBe("its host process ended (SIGKILL)");
  });
});
