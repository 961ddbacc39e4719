import { resolve } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";

/**
 * A path as a person typed it, from where the command runs. pnpm runs the command in the repository's root, and
 * says in INIT_CWD where it was typed.
 */
export function typedPath(path: string): string {
  const { INIT_CWD } = process.env;
  const isMoved = process.cwd() === toolchain.repository && INIT_CWD !== undefined;
  return isMoved ? resolve(INIT_CWD, path) : path;
}
