/** The command line as a person uses it, on a home of the test's own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";

export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON object on the last line of stdout; undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a command prints; the expectations give it its shape
  readonly json: any;
}

export interface Penstock {
  readonly home: string;
  /** A folder for the test's files. */
  readonly files: string;
  run(...words: string[]): Promise<Answer>;
  /** Stops the daemon and deletes the home. */
  end(): Promise<void>;
}

const main = join(toolchain.repository, "apps/cli/src/main.ts");

/** A home of its own; its daemon starts with the first command. */
export function openPenstock(): Penstock {
  const home = mkdtempSync(join(tmpdir(), "penstock-home-"));
  const files = mkdtempSync(join(tmpdir(), "penstock-files-"));
  const env = { PENSTOCK_HOME: home, NO_COLOR: "1" };
  const run = async (...words: string[]): Promise<Answer> => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...words], {
      env,
      reject: false,
      cwd: files,
      maxBuffer: 200_000_000,
    });
    const last = String(stdout).trimEnd().split("\n").at(-1) ?? "";
    return {
      exitCode: exitCode ?? -1,
      stdout: String(stdout),
      stderr: String(stderr),
      json: last.startsWith("{") || last.startsWith("[") ? JSON.parse(last) : undefined,
    };
  };
  return {
    home,
    files,
    run,
    end: async () => {
      await run("stop");
      rmSync(home, { recursive: true, force: true });
      rmSync(files, { recursive: true, force: true });
    },
  };
}
