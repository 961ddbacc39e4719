/**
 * `pnpm large-files [--memory 1g] [case…]`: files too large for a test, each through the job with a small JVM, with
 * its time and memory. Of all cases, the figures are written to docs/reliability-figures.md. Linux.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { writeFigures } from "./figures.ts";

const { values: options, positionals: cases } = parseArgs({
  options: { memory: { type: "string", default: "1g" } },
  allowPositionals: true,
});
const scratch = mkdtempSync(join(tmpdir(), "penstock-large-"));
const job = join(toolchain.repository, "glue-scripts/jobs/charging_sessions.py");
try {
  const figures: Record<string, string> = { "memory of the JVM": options.memory };
  const measured = execa(
    toolchain.python,
    [join(import.meta.dirname, "large_files.py"), job, scratch, options.memory, ...cases],
    {
      env: {
        ...sparkEnvironment(),
        PYTHONPATH: join(toolchain.repository, "glue-scripts/runtime"),
        PENSTOCK_JARS: toolchain.jars,
      },
      extendEnv: false,
      stderr: "ignore",
    },
  );
  for await (const line of measured) {
    const { file, figure } = JSON.parse(line) as { readonly file: string; readonly figure: string };
    figures[file] = figure;
    process.stdout.write(`${file}: ${figure}\n`);
  }
  if (cases.length === 0) writeFigures("Large files", figures);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
