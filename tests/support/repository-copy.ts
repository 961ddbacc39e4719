/** A copy of the repository that a test may change: its own sources, and what was installed by links. */

import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";

export interface RepositoryCopy {
  readonly root: string;
  /** Runs one of its programs on the Node of this process. */
  node(words: readonly string[], cwd?: string): Promise<Said>;
  remove(): void;
}

export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is made of the sources. */
const made = ["dist", "cdktf.out", ".turbo", "__pycache__"];

export function copyRepository(): RepositoryCopy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "penstock-copy-")));
  for (const name of ["apps", "docs", "glue-scripts", "infra", "packages", "package.json", "tsconfig.json"]) {
    cpSync(join(toolchain.repository, name), join(root, name), {
      recursive: true,
      // a package's links to its dependencies are relative, and lead to the copy
      verbatimSymlinks: true,
      filter: (path) => !made.includes(basename(path)),
    });
  }
  for (const name of ["node_modules", ".toolchain"])
    symlinkSync(join(toolchain.repository, name), join(root, name));
  return {
    root,
    node: async (words, cwd = root) => {
      const env = { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" };
      const { exitCode, stdout, stderr } = await execa(process.execPath, words, { cwd, env, reject: false });
      return { exitCode: exitCode ?? 1, stdout, stderr };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
