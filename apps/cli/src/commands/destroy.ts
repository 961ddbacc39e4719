import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { print, printJson, say } from "../console.ts";
import { Failure, WrongUsage } from "../failure.ts";
import type { Deployed } from "../session/environment.ts";

interface Options {
  readonly env: string;
  readonly confirm?: string;
  readonly verify: boolean;
  readonly json: boolean;
}

/** `penstock destroy`: an environment away from AWS, with all its data. */
export function destroyCommand(program: Command): void {
  program
    .command("destroy")
    .description("remove an environment from AWS, with all its data")
    .requiredOption("--env <name>", "one of infra/environments.ts; it must say allowDestroy: true")
    .option("--confirm <name>", "the environment's name once more; asked for on a terminal when left out")
    .option("--verify", "remove nothing: list what of it is left, by its tags", false)
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
With --verify the exit code is 1 when anything is left. A key waits for its deletion for some days and costs
nothing meanwhile; the bucket of Terraform's state stays, and the command that removes it is printed.

Examples:
  pnpm penstock destroy --env dev
  pnpm penstock destroy --env dev --confirm dev
  pnpm penstock destroy --env dev --verify`,
    )
    .action(async (options: Options) => {
      const { configured, inEnvironment } = await import("../session/environment.ts");
      if (!options.verify) await assertMeant(await configured(options.env), options.confirm);
      await inEnvironment(options.env, async (to) => {
        if (!options.verify) await destroy(to);
        await verify(to, options);
      });
    });
}

/** Before anything is asked of AWS. @throws WrongUsage naming what is missing */
async function assertMeant({ environment }: Deployed, confirm: string | undefined): Promise<void> {
  const { name, allowDestroy } = environment;
  if (!allowDestroy)
    throw new WrongUsage(
      `environment "${name}" is protected: nothing is destroyed without allowDestroy: true in infra/environments.ts, and a deploy with it`,
    );
  const typed = confirm ?? (await asked(name));
  if (typed !== name)
    throw new WrongUsage(
      `--confirm: found ${JSON.stringify(typed)}, expected the environment's name, "${name}"`,
    );
}

async function destroy(to: Deployed): Promise<void> {
  const { requireTerraform } = await import("../deploy/terraform.ts");
  await requireTerraform();
  const { synthesised } = await import("../deploy/synthesised.ts");
  const { destroyAll } = await import("../deploy/destroy-all.ts");
  await destroyAll(to, await synthesised(to.environment));
}

/** @throws WrongUsage when there is nobody to ask */
async function asked(name: string): Promise<string> {
  if (!process.stdin.isTTY) throw new WrongUsage(`give the environment's name: --confirm ${name}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(`This removes ${name} and all its data. Type its name to go on: `);
  } finally {
    terminal.close();
  }
}

async function verify(to: Deployed, options: Options): Promise<void> {
  const { leftOver } = await import("../deploy/left-over.ts");
  const { bucketNames } = await import("@penstock/lake/names.ts");
  const { left, keysPendingDeletion } = await leftOver(to.environment);
  for (const arn of left) print(arn);
  for (const { arn, on } of keysPendingDeletion) say(`the key ${arn} will be gone on ${on}`);
  const { state } = bucketNames(to.environment);
  if (options.json)
    printJson({
      environment: options.env,
      left,
      keys_pending_deletion: keysPendingDeletion,
      state_bucket: state,
    });
  if (left.length > 0) throw new Failure(`${left.length} resources of ${options.env} are left`);
  const { isBucketThere, removal } = await import("../deploy/state-bucket.ts");
  if (!(await isBucketThere(state))) {
    say(`Nothing of ${options.env} is left.`);
    return;
  }
  say(
    `Nothing of ${options.env} is left but Terraform's state. To remove that, too, with every version of it:`,
  );
  for (const line of removal(state)) say(`  ${line}`);
}
