import type { Command } from "commander";
import { print, printJson, say } from "../console.ts";
import { Failure } from "../failure.ts";
import type { Deployed } from "../session/environment.ts";

interface Options {
  readonly env: string;
  readonly json: boolean;
}

/** `penstock drift`: whether what is deployed is still what the folders say. */
export function driftCommand(program: Command): void {
  program
    .command("drift")
    .description("what differs between the pipelines' folders and an environment on AWS")
    .requiredOption("--env <name>", "one of infra/environments.ts")
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Compares by Terraform's plan, and each contract with its table: Glue's columns and Iceberg's own metadata. Exit
code 1 when something differs.

Examples:
  pnpm penstock drift --env dev
  pnpm penstock drift --env dev --json`,
    )
    .action(async (options: Options) => {
      const { inEnvironment } = await import("../session/environment.ts");
      await inEnvironment(options.env, (to) => drift(to, options));
    });
}

async function drift(to: Deployed, options: Options): Promise<void> {
  const { requireTerraform } = await import("../deploy/terraform.ts");
  const { synthesised } = await import("../deploy/synthesised.ts");
  const { driftOf } = await import("../deploy/drift-of.ts");
  await requireTerraform();
  const { lines, ...found } = await driftOf(to, await synthesised(to.environment));
  for (const line of lines) print(line);
  if (options.json) printJson({ environment: options.env, ...found });
  if (found.differs)
    throw new Failure(
      `${options.env} differs; this says how: pnpm penstock deploy --env ${options.env} --plan`,
    );
  say(`${options.env} is what the folders say.`);
}
