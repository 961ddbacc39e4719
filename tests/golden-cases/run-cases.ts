import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { smallSpark } from "../support/small-spark.ts";

/** What came of a case: CSV of the tables by dataset, and of what was set aside. */
export interface Outcome {
  readonly counts: unknown;
  readonly tables: Readonly<Record<string, string>>;
  readonly quarantine: string;
}

/** Runs a pipeline's generated job, of this repository or of a copy, on the cases of a folder, on real Spark. */
export async function runCases(of: {
  readonly pipeline: string;
  readonly folder: string;
  readonly repository?: string;
}): Promise<Readonly<Record<string, Outcome>>> {
  const glueScripts = join(of.repository ?? toolchain.repository, "glue-scripts");
  const script = join(glueScripts, "jobs", `${of.pipeline.replaceAll("-", "_")}.py`);
  const scratch = mkdtempSync(join(tmpdir(), "penstock-golden-"));
  try {
    const runner = join(import.meta.dirname, "golden_runner.py");
    await execa(toolchain.python, [runner, script, of.folder, scratch], {
      env: {
        ...sparkEnvironment(),
        PYTHONPATH: [join(glueScripts, "runtime"), smallSpark].join(delimiter),
        TZ: "UTC",
      },
    });
    return JSON.parse(readFileSync(join(scratch, "outcomes.json"), "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
