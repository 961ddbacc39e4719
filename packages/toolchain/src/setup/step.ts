import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { toolchain } from "../paths.ts";
import { told } from "./step-failed.ts";

/** Says how far a step has come, in one short line. */
export type Report = (line: string) => void;

/** One part of setting up: done once, done again when what it is made from changes. */
export interface Step {
  readonly name: string;
  /** What a person reads while it runs. */
  readonly title: string;
  /** Everything the result depends on: lock files, versions. A change makes the step run again. */
  readonly madeFrom: () => string;
  /** What must be there for the step to count as done. */
  readonly result: string;
  /** Brings the result about. It may be killed at any moment and is then simply run again. */
  readonly run: (report: Report) => Promise<void>;
}

const stampOf = (step: Step, root: string) => join(root, "stamps", step.name);
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** Is the step's result there, made from what it would be made from now? */
export function isDone(step: Step, root: string = toolchain.root): boolean {
  const stamp = stampOf(step, root);
  return (
    existsSync(step.result) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash(step.madeFrom())
  );
}

/**
 * Runs the step. Its stamp is written last, so that a killed step is done again. Throws StepFailed when a command
 * went wrong: its whole output is then in `logs/<step>.log`.
 */
export async function perform(step: Step, report: Report, root: string = toolchain.root): Promise<void> {
  const stamp = stampOf(step, root);
  rmSync(stamp, { force: true });
  await step.run(report).catch((error: unknown) => {
    throw told(error, join(root, "logs", `${step.name}.log`));
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash(step.madeFrom()));
}
