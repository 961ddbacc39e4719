import type { Command } from "commander";
import { printJson, say } from "../console.ts";
import type { Deployed } from "../session/environment.ts";

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
      const { requireFolders } = await import("../deploy/synthesised.ts");
      await requireFolders();
      const { inEnvironment } = await import("../session/environment.ts");
      await inEnvironment(options.env, (to) => deploy(to, options));
    });
}

async function deploy(to: Deployed, options: Options): Promise<void> {
  const { requireTerraform } = await import("../deploy/terraform.ts");
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
  const { changes, migrations, apiUrls } = await applyAll(to, folders);
  const found = outputs(to.environment, to.pipelines, apiUrls);
  for (const line of outputLines(found)) say(line);
  if (options.json) printJson({ ...found, changes, migrations });
}
