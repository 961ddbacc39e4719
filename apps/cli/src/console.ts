import ora from "ora";
import { createColors } from "picocolors";
import { harmless } from "./harmless.ts";

/** Progress and remarks go to stderr, results to stdout, so that a result can be piped. */
export const colours = createColors(Boolean(process.stderr.isTTY) && process.env.NO_COLOR === undefined);

/** A remark for the person at the keyboard. */
export function say(line = ""): void {
  process.stderr.write(`${process.stderr.isTTY ? harmless(line) : line}\n`);
}

/** A result for whoever reads stdout. */
export function print(text: string): void {
  const shown = process.stdout.isTTY ? harmless(text) : text;
  process.stdout.write(shown.endsWith("\n") ? shown : `${shown}\n`);
}

/** With --json, the last line of stdout is one JSON object. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** One line of work in progress: live on a terminal, plain lines elsewhere. */
export interface Line {
  update(detail: string): void;
  done(note?: string): void;
  fail(note?: string): void;
}

/** Begins a line of progress on stderr. */
export function begin(title: string): Line {
  const began = performance.now();
  const text = (note?: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return `${title}${note ? ` ${note}` : ""} ${colours.dim(`${seconds} s`)}`;
  };
  // a terminal that does not know its width can't be drawn on
  if (!process.stderr.isTTY || !process.stderr.columns) {
    return {
      update: () => {},
      done: (note) => say(`  ✓ ${text(note)}`),
      fail: (note) => say(`  ✗ ${text(note)}`),
    };
  }
  const spinner = ora({ text: title, stream: process.stderr, indent: 2, discardStdin: false }).start();
  return {
    update: (detail) => {
      spinner.text = `${title} ${colours.dim(detail)}`;
    },
    done: (note) => spinner.stopAndPersist({ symbol: colours.green("✓"), text: text(note) }),
    fail: (note) => spinner.stopAndPersist({ symbol: colours.red("✗"), text: text(note) }),
  };
}
