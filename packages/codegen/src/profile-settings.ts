/** What a source profile says of its files beside its SQL: header.txt, and profile.json, which may be missing. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ContractError } from "@penstock/contracts/errors.ts";

export interface ProfileSettings {
  /** Whether a quoted field may hold line breaks. A broken quote then rejects the file. */
  readonly multiline: boolean;
  /** Where its files lie below the trigger's prefix, `orders/`; null when they are known by their header alone. */
  readonly folder: string | null;
  /**
   * Of JSON files, a list of objects or one a line, header.txt names the fields: a field of another name is passed
   * over, one that is missing is empty.
   */
  readonly format: Format;
}

export type Format = "csv" | "json";

const example = '{ "multiline": true, "folder": "orders/" }';

/**
 * Reads a profile.json.
 *
 * @throws ContractError when it is no settings, or names one that isn't there
 */
export function readSettings(root: string, file: string): ProfileSettings {
  if (!existsSync(join(root, file))) return { multiline: false, folder: null, format: "csv" };
  const text = readFileSync(join(root, file), "utf8").trim();
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    settings = undefined;
  }
  if (typeof settings !== "object" || settings === null) {
    throw new ContractError({ file, problem: "no settings", found: text, expected: example });
  }
  const known = ["multiline", "folder", "format"];
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ContractError({ file, problem: "unknown setting", found: unknown, known });
  }
  const { multiline = false, folder = null, format = "csv" } = settings as Readonly<Record<string, unknown>>;
  if (typeof multiline !== "boolean") {
    const found = JSON.stringify(multiline);
    throw new ContractError({ file, problem: "multiline", found, expected: "true or false" });
  }
  if (folder !== null && (typeof folder !== "string" || !/^([^/]+\/)+$/.test(folder))) {
    const found = JSON.stringify(folder);
    throw new ContractError({
      file,
      problem: "folder",
      found,
      expected: 'a path ending in a slash: "orders/"',
    });
  }
  if (format !== "csv" && format !== "json") {
    const found = JSON.stringify(format);
    throw new ContractError({ file, problem: "format", found, expected: '"csv" or "json"' });
  }
  if (format === "json" && multiline) {
    throw new ContractError({ file, problem: "multiline", found: "true", expected: "none beside JSON" });
  }
  return { multiline, folder, format };
}

/** The header is one line of CSV, as in the files, or one column a line. A column without a name is called `_1`. */
export function readHeader(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  if (lines.length !== 1) return lines;
  return [...`,${lines[0] ?? ""}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain], at) => (quoted?.replaceAll('""', '"') ?? plain) || `_${at + 1}`,
  );
}
