import type { Command } from "commander";
import { print, printJson, say } from "../console.ts";
import { Failure } from "../failure.ts";

interface Options {
  readonly env: string;
  readonly plan: boolean;
  readonly json: boolean;
}

/** `penstock deploy`: the pipelines' folders, onto AWS. */
export function deployCommand(program: Command): void {
  program
    .command("deploy")
    .description("bring an environment on AWS to what the pipelines' folders say")
    .requiredOption("--env <name>", "one of infra/environments.ts")
    .option("--plan", "show what would change, and change nothing", false)
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
What was begun and cut off goes on with the next deploy. docs/deploying.md begins with an empty account.

Examples:
  pnpm penstock deploy --env dev --plan
  pnpm penstock deploy --env dev
  pnpm penstock deploy --env prod --json`,
    )
    .action(async (options: Options) => {
      const { deployedTo } = await import("../deploy/environment.ts");
      const { requireTerraform } = await import("../deploy/terraform.ts");
      const to = await deployedTo(options.env);
      await requireTerraform();
      const { synthesised } = await import("../deploy/synthesised.ts");
      const folders = await synthesised(to.environment);
      if (options.plan) {
        const { planAll } = await import("../deploy/plan-all.ts");
        const changes = await planAll(to, folders);
        if (options.json) printJson({ environment: options.env, plan: changes });
        return;
      }
      const { applyAll } = await import("../deploy/apply-all.ts");
      const { outputs, outputLines } = await import("../deploy/outputs.ts");
      const { changes, migrations } = await applyAll(to, folders);
      const found = outputs(to.environment, to.pipelines);
      for (const line of outputLines(found)) say(line);
      if (options.json) printJson({ ...found, changes, migrations });
    });
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
    .action(async (options: Omit<Options, "plan">) => {
      const { deployedTo } = await import("../deploy/environment.ts");
      const { requireTerraform } = await import("../deploy/terraform.ts");
      const { synthesised } = await import("../deploy/synthesised.ts");
      const { driftOf } = await import("../deploy/drift-of.ts");
      const to = await deployedTo(options.env);
      await requireTerraform();
      const found = await driftOf(to, await synthesised(to.environment));
      for (const line of found.lines) print(line);
      if (options.json) printJson({ environment: options.env, stacks: found.stacks, tables: found.tables });
      if (found.differs)
        throw new Failure(
          `${options.env} differs; pnpm penstock deploy --env ${options.env} --plan says how`,
        );
      say(`${options.env} is what the folders say.`);
    });
}
