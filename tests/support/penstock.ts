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
  /** What a command prints, where it is no text. */
  bytes(...words: string[]): Promise<Uint8Array>;
  /** The same with Ctrl-C, once what is done in the meantime is done; it is told what stands on stderr so far. */
  interrupt(meanwhile: (said: () => string) => Promise<unknown>, ...words: string[]): Promise<Answer>;
  /** Stops the daemon and deletes the home. */
  end(): Promise<void>;
}

const main = join(toolchain.repository, "apps/cli/src/main.ts");

/**
 * A home of its own; its daemon starts with the first command.
 *
 * @param variables added to the environment of each command; one that is undefined is taken out of it
 */
export function openPenstock(variables: Readonly<Record<string, string | undefined>> = {}): Penstock {
  const home = mkdtempSync(join(tmpdir(), "penstock-home-"));
  const files = mkdtempSync(join(tmpdir(), "penstock-files-"));
  const env = { PENSTOCK_HOME: home, NO_COLOR: "1", ...variables };
  const start = (words: readonly string[]) =>
    execa(process.execPath, [main, ...words], { env, reject: false, cwd: files, maxBuffer: 200_000_000 });
  const answerOf = async (command: ReturnType<typeof start>): Promise<Answer> => {
    const { exitCode, stdout, stderr } = await command;
    const last = String(stdout).trimEnd().split("\n").at(-1) ?? "";
    return {
      exitCode: exitCode ?? -1,
      stdout: String(stdout),
      stderr: String(stderr),
      json: last.startsWith("{") || last.startsWith("[") ? JSON.parse(last) : undefined,
    };
  };
  const run = (...words: string[]): Promise<Answer> => answerOf(start(words));
  return {
    home,
    files,
    run,
    bytes: async (...words) => {
      const { stdout } = await execa(process.execPath, [main, ...words], {
        env,
        cwd: files,
        encoding: "buffer",
      });
      return stdout;
    },
    interrupt: async (meanwhile, ...words) => {
      const command = start(words);
      let said = "";
      command.stderr.on("data", (chunk) => {
        said += chunk;
      });
      await meanwhile(() => said);
      command.kill("SIGINT");
      return await answerOf(command);
    },
    end: async () => {
      await run("stop");
      rmSync(home, { recursive: true, force: true });
      rmSync(files, { recursive: true, force: true });
    },
  };
}
