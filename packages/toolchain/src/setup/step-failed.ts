import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ExecaError } from "execa";

/** A command that a step needs went wrong: which, its telling line, and where the rest of what it said is. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/** A step's failure in a few words. What a command has said goes into the log; other errors stay as they are. */
export function told(error: unknown, log: string): unknown {
  if (!(error instanceof ExecaError)) return error;
  const output = String(error.all ?? [error.stdout, error.stderr].join("\n"));
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, `${error.shortMessage}\n\n${output}\n`);
  const line = tellingLine(output);
  return new StepFailed(`${error.shortMessage}${line ? `\n${line}` : ""}\nAll that it said is in ${log}`, {
    cause: error,
  });
}

/** The line that says what went wrong: the last that speaks of an error, or else the last; empty if there is none. */
export function tellingLine(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const line = lines.findLast((each) => /error|exception|fail|not found|cannot|no space/i.test(each));
  return (line ?? lines.at(-1) ?? "").slice(0, 300);
}
