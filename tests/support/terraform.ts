/** Terraform as a test runs it: found, with a working environment, loud when it fails. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";

export interface TerraformAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terraform {
  /** @throws TerraformFailed with all that it printed, unless the exit code is 0 or one of `accept` */
  run(words: readonly string[], accept?: readonly number[]): Promise<TerraformAnswer>;
  /** The changes that a plan would make, by address; none when what is there is what is wanted. */
  planned(): Promise<readonly PlannedChange[]>;
  /** The outputs, by name. */
  outputs(): Promise<Readonly<Record<string, unknown>>>;
}

export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

export class TerraformFailed extends Error {}

/**
 * Why the tests that need Terraform can't run here; undefined where they can.
 * `.ci/run` lets none of them be skipped: it sets PENSTOCK_TERRAFORM=required.
 */
export function whyNoTerraform(): string | undefined {
  if (findTerraform() !== undefined) return undefined;
  const reason = "terraform is not on the PATH: https://developer.hashicorp.com/terraform/install";
  if (process.env["PENSTOCK_TERRAFORM"] === "required") throw new Error(reason);
  return reason;
}

/**
 * Terraform in the folder of a stack.
 *
 * @param environment where AWS is, and who asks; see `EmulatedAws.environment`
 */
export function terraformIn(folder: string, environment: Readonly<Record<string, string>>): Terraform {
  const program = findTerraform();
  if (program === undefined) throw new TerraformFailed(whyNoTerraform());
  const env = { ...cleanEnvironment(), ...environment };
  const run: Terraform["run"] = async (words, accept = []) => {
    const { exitCode, stdout, stderr, failed } = await execa(program, [`-chdir=${folder}`, ...words], {
      env,
      extendEnv: false,
      reject: false,
      maxBuffer: 200_000_000,
    });
    if (failed && !(exitCode !== undefined && accept.includes(exitCode))) {
      throw new TerraformFailed(`terraform ${words.join(" ")}: ${exitCode}\n${stderr}\n${stdout}`);
    }
    return { exitCode: exitCode ?? 0, stdout, stderr };
  };
  return {
    run,
    async planned() {
      const plan = join(folder, "test.tfplan");
      const words = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${plan}`];
      // 0: there is nothing to do, 2: there is something
      if ((await run(words, [2])).exitCode === 0) return [];
      const { stdout } = await run(["show", "-json", plan]);
      const { resource_changes: changes = [] }: Plan = JSON.parse(stdout);
      return changes
        .filter(({ change }) => change.actions.join() !== "no-op" && change.actions.join() !== "read")
        .map(({ address, change }) => ({ address, ...change }));
    },
    async outputs() {
      const { stdout } = await run(["output", "-json"]);
      const outputs: Record<string, { value: unknown }> = JSON.parse(stdout);
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
  };
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: Omit<PlannedChange, "address">;
  }[];
}

function findTerraform(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "terraform"))
    .find((path) => existsSync(path));
}

/** Without a configuration file that isn't there, of which Terraform warns, and without another AWS account. */
function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AWS_"),
  );
  const env: Record<string, string> = {
    ...Object.fromEntries(kept),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    // garbage is collected less often: a quarter less CPU
    GOGC: "400",
  };
  const config = env["TF_CLI_CONFIG_FILE"];
  if (config !== undefined && !existsSync(config)) delete env["TF_CLI_CONFIG_FILE"];
  return env;
}
