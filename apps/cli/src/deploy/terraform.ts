/** Terraform on one stack's folder, with progress, and its errors in full. */

import { basename } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { begin, say } from "../console.ts";
import { passOnCtrlC } from "../ctrl-c.ts";
import { Failure } from "../failure.ts";
import { type Diagnostic, toldFailure } from "./told-failure.ts";

/** How many resources a plan or an apply was about. */
export interface Changes {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

const oldest = [1, 10] as const;

/**
 * The environment that Terraform is run in: no questions, no calls home, and a quarter less CPU, since the provider, which
 * is large and lives for seconds, collects its garbage less often.
 */
const quiet = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1", GOGC: "400" };

/** @throws Failure when there is no Terraform, or an older one */
export async function requireTerraform(): Promise<void> {
  const asked = await execa("terraform", ["version", "-json"], { reject: false, env: quiet });
  const needed = `Terraform ${oldest.join(".")} or newer is needed: https://developer.hashicorp.com/terraform/install`;
  if (asked.exitCode !== 0) throw new Failure(`There is no terraform on the PATH. ${needed}`);
  const { terraform_version: version } = JSON.parse(asked.stdout) as { terraform_version: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    throw new Failure(`terraform is version ${version}. ${needed}`);
}

/** Fetches the providers and opens the state. @throws Failure with what Terraform says */
export async function init(folder: string): Promise<void> {
  const line = begin(`${basename(folder)}: init`);
  const done = await execa("terraform", [`-chdir=${folder}`, "init", "-no-color", "-reconfigure"], {
    reject: false,
    env: quiet,
    all: true,
  });
  if (done.exitCode !== 0) {
    line.fail();
    throw new Failure(`terraform init of ${basename(folder)} failed:\n${done.all}`);
  }
  line.done();
}

/** Prints a plan as Terraform does, but one that has nothing to do. */
export async function plan(folder: string): Promise<Changes> {
  const file = "tfplan";
  const changes = await events(folder, "plan", [`-out=${file}`, "-lock=false"]);
  if (total(changes) === 0) return changes;
  const shown = await execa("terraform", [`-chdir=${folder}`, "show", "-no-color", file], { env: quiet });
  process.stdout.write(`${shown.stdout}\n`);
  return changes;
}

/** A resource that a plan would change, by its address in the stack. */
export interface PlannedChange {
  readonly address: string;
  /** Terraform's word: `create` what is missing, `update`, `replace`, `delete`. */
  readonly action: string;
}

/** Whether a plan would be empty, and what it would change. */
export async function drift(
  folder: string,
): Promise<{ readonly changes: Changes; readonly resources: readonly PlannedChange[] }> {
  const resources: PlannedChange[] = [];
  const changes = await events(folder, "plan", ["-lock=false"], ({ type, change }) => {
    if (type === "planned_change" && change !== undefined)
      resources.push({ address: change.resource.addr, action: change.action });
  });
  return { changes, resources };
}

/** Most resources are small, and wait for AWS rather than for this machine. */
const atOnce = "-parallelism=20";

/** Applies. @throws Failure with Terraform's diagnostics, and how a held lock is released */
export const apply = (folder: string): Promise<Changes> => events(folder, "apply", ["-auto-approve", atOnce]);

/** Destroys everything of a stack. */
export const destroy = (folder: string): Promise<Changes> =>
  events(folder, "destroy", ["-auto-approve", atOnce]);

/** What a stack says of itself once it is applied, by the outputs' names. */
export async function outputsOf(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await execa("terraform", [`-chdir=${folder}`, "output", "-json"], { env: quiet });
  const outputs: Record<string, { readonly value: unknown }> = JSON.parse(stdout);
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

type Verb = "plan" | "apply" | "destroy";

interface Event {
  readonly type: string;
  readonly changes?: Changes & { readonly operation: string };
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly hook?: { readonly resource: { readonly addr: string } };
  readonly diagnostic?: Diagnostic;
}

/** Letters of what Terraform says beside its JSON that are kept, the last ones. */
const mostAside = 4000;

/** Runs Terraform and reads what it tells, a JSON object a line. */
async function events(
  folder: string,
  verb: Verb,
  options: readonly string[],
  each: (event: Event) => void = () => {},
): Promise<Changes> {
  const stack = basename(folder);
  const line = begin(`${stack}: ${verb}`);
  const running = execa("terraform", [`-chdir=${folder}`, verb, "-json", ...options], {
    reject: false,
    env: quiet,
    buffer: false,
    // it is told of Ctrl-C by us alone, and not by the terminal too
    detached: true,
  });
  // Terraform drops the calls that are under way: AWS may make all the same what its state then doesn't know
  const held = verb === "apply" ? 1 : 0;
  let interrupts = 0;
  const end = passOnCtrlC(running, held, () => {
    interrupts += 1;
    say(whenInterrupted(stack, interrupts - held));
  });
  let changes: Changes = { add: 0, change: 0, remove: 0 };
  let finished = 0;
  const errors: Diagnostic[] = [];
  let aside = "";
  running.stderr.setEncoding("utf8").on("data", (text: string) => {
    aside = (aside + text).slice(-mostAside);
  });
  const lines = createInterface({ input: running.stdout });
  for await (const text of lines) {
    const event = parsed(text);
    if (event === undefined) continue;
    each(event);
    if (event.diagnostic?.severity === "error") errors.push(event.diagnostic);
    if (event.changes !== undefined) changes = event.changes;
    if (event.type === "apply_complete") finished += 1;
    if (event.hook !== undefined)
      line.update(`${finished} of ${total(changes)}, ${event.hook.resource.addr}`);
  }
  const { exitCode } = await running.finally(end);
  if (exitCode === 0) line.done(counts(changes));
  else line.fail();
  // what it tells of a crash is no JSON
  const said = aside.trim();
  if (errors.length === 0 && said !== "") errors.push({ severity: "error", summary: said });
  // what Terraform says once it was told to stop is that it was
  if (exitCode !== 0 && interrupts <= held && errors.length > 0)
    throw new Failure(toldFailure(folder, verb, errors));
  if (exitCode !== 0 || interrupts > 0)
    throw new Failure(`terraform ${verb} of ${stack} was stopped; run the same command again, it goes on.`);
  return changes;
}

/** @param passedOn how many times Terraform was told, too */
function whenInterrupted(stack: string, passedOn: number): string {
  if (passedOn <= 0) return `Stopping when ${stack} is done, in a minute or two. Once more stops at once.`;
  return passedOn === 1
    ? "Stopping: Terraform drops what it is making and releases its lock. Once more, and it keeps the lock."
    : "Told Terraform to drop everything: the state may be left locked.";
}

const total = ({ add, change, remove }: Changes): number => add + change + remove;

/** `3 to add, 1 to change, 0 to remove`, or that there is nothing to do. */
export const counts = (changes: Changes): string =>
  total(changes) === 0
    ? "nothing to do"
    : `${changes.add} added, ${changes.change} changed, ${changes.remove} removed`;

function parsed(text: string): Event | undefined {
  try {
    return JSON.parse(text) as Event;
  } catch {
    return undefined;
  }
}
