/** A file that is written by `generate`: what it holds, and what is done where the disk says otherwise. */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface GeneratedFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** @returns the files whose text on disk is another, or that are not there */
export function outdated(root: string, files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return files.filter(({ path, text }) => readText(join(root, path)) !== text);
}

export function write(root: string, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function remove(root: string, paths: readonly string[]): void {
  for (const path of paths) rmSync(join(root, path));
}

/** @returns the file's text, or undefined when there is no such file */
export function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
