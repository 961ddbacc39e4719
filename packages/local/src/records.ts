import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonObject } from "./json.ts";
import { parseObject } from "./json.ts";

/** Writes a file that is there whole or not at all, whatever is killed meanwhile. */
export function writeWhole(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.unfinished`;
  writeFileSync(unfinished, content, { mode });
  renameSync(unfinished, path);
}

/** Writes one record as JSON, whole or not at all. */
export function writeRecord(path: string, record: object): void {
  writeWhole(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The record at `path`, or undefined when there is none that can be read. */
export function readRecord(path: string): JsonObject | undefined {
  try {
    return parseObject(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The paths of all records under `folder`, in the order of their names. */
export function recordPaths(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}
