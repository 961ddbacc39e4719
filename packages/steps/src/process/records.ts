/** The records of a JSON file: an array of objects, or JSON Lines. */

import { LosslessNumber, parse } from "lossless-json";

/** A record as it stands in the file; a number is a `LosslessNumber`, its exact text, never a float. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** What a name's value is that a record gives twice, and not alike. */
export const givenTwice = Symbol("given twice");

/** One thing in the file that should be a record. */
export interface Found {
  /** Null when it is no object. */
  readonly record: JsonRecord | null;
}

/** A file that holds no records. */
export class NoRecords extends Error {
  override readonly name = "NoRecords";
}

/**
 * Reads a file's records. A line of JSON Lines that does not parse is one record that is none; an array is taken
 * whole or not at all.
 *
 * @throws NoRecords saying what it is instead
 */
export function recordsOf(text: string): readonly Found[] {
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") return [];
  if (/^\s*\[/.test(content)) return arrayOf(content);
  const lines = content.split("\n").filter((line) => line.trim() !== "");
  const found = lines.map((line): Found => ({ record: recordOf(parsed(line)) }));
  if (found.every(({ record }) => record === null)) {
    throw new NoRecords("not JSON: expected an array of objects, or one object a line");
  }
  return found;
}

function arrayOf(content: string): readonly Found[] {
  const value = parsed(content);
  if (!Array.isArray(value)) throw new NoRecords("not JSON: the array does not parse, or is cut off");
  const found = value.map((each): Found => ({ record: recordOf(each) }));
  if (found.length > 0 && found.every(({ record }) => record === null)) {
    throw new NoRecords("JSON of another shape: expected an array of objects");
  }
  return found;
}

const recordOf = (value: unknown): JsonRecord | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
    ? (value as JsonRecord)
    : null;

/** Undefined when it is no JSON. */
function parsed(text: string): unknown {
  try {
    return parse(text, null, { onDuplicateKey: () => givenTwice });
  } catch {
    return undefined;
  }
}
