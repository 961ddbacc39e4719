import { existsSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Command } from "commander";
import { printJson, say } from "../console.ts";
import { Failure } from "../failure.ts";

/** What whoever wrote a pipeline's folder can mend, by the message alone. */
const faults = ["FolderFault", "ContractError", "WorkflowError"];

/** `penstock generate`: writes every generated file, or lists the stale ones and fails. */
export function generateCommand(program: Command): void {
  program
    .command("generate")
    .description("write every generated file from the pipeline folders")
    .option("--check", "write nothing; list the stale files and fail if there are any", false)
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText("after", "\nExamples:\n  pnpm penstock generate\n  pnpm penstock generate --check")
    .action(async (options: { check: boolean; json: boolean }) => {
      const { generate } = await import("@penstock/codegen/generate.ts");
      const generation = { root: toolchain.repository, check: options.check };
      const changed = await generate(generation).catch((error: unknown) => {
        if (error instanceof Error && faults.includes(error.name)) throw new Failure(error.message);
        throw error;
      });
      if (options.json) printJson({ check: options.check, files: changed });
      const did = (file: string) => (existsSync(join(toolchain.repository, file)) ? "written" : "removed");
      for (const file of changed) say(`${options.check ? "stale  " : did(file)} ${file}`);
      if (options.check && changed.length > 0) {
        throw new Failure(`${changed.length} generated file(s) are stale; run: pnpm penstock generate`);
      }
      if (changed.length === 0) say("Every generated file is current.");
    });
}
