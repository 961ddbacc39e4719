import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { toolchain } from "../paths.ts";
import { javaHome } from "./java.ts";
import { sparkHome } from "./spark-home.ts";
import type { Step } from "./step.ts";

const lock = join(import.meta.dirname, "../../jars.ivy.xml");

/** Iceberg, Delta and Deequ, fetched and checked by the Ivy that ships with pyspark. */
export const jars: Step = {
  name: "jars",
  title: "Iceberg, Delta and Deequ jars (57 MB)",
  madeFrom: () => readFileSync(lock, "utf8"),
  result: toolchain.jars,
  run: async (report) => {
    const sparkJars = join(sparkHome(), "jars");
    const ivy = readdirSync(sparkJars).find((name) => /^ivy-.*\.jar$/.test(name));
    if (ivy === undefined) throw new Error(`no Ivy among pyspark's jars in ${sparkJars}`);
    rmSync(toolchain.jars, { recursive: true, force: true });
    mkdirSync(toolchain.jars, { recursive: true });
    const fetch = execa(
      join(javaHome(), "bin", "java"),
      [
        "-jar",
        join(sparkJars, ivy),
        "-ivy",
        lock,
        "-cache",
        join(toolchain.root, "ivy"),
        "-retrieve",
        join(toolchain.jars, "[artifact]-[revision].[ext]"),
      ],
      { all: true },
    );
    for await (const line of fetch.iterable({ from: "all" })) {
      const done = /\[SUCCESSFUL \] (\S+)!/.exec(line);
      if (done?.[1]) report(done[1]);
    }
    await fetch;
  },
};
