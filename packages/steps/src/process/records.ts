/** The records of a JSON file: an array of objects, or JSON Lines. */

/** A record as it stands in the file; a number is its exact text, never a float. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A number's text as it was written: `1e400`, `12.3400`. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

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
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText)
    ? (value as JsonRecord)
    : null;

/** Undefined when it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text, exactly as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

/** JSON.parse tells a reviver the source text of each number, which TypeScript's types do not know yet. */
function exactly(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === "number" ? new NumberText(source ?? String(value)) : value;
}
