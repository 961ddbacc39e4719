/** The header of a file from its first bytes, or what they are instead. The job's arrival.py says the same. */

import { fieldsOf } from "./csv-line.ts";
import type { Start } from "./start.ts";
import { separatedBy, separators, Unfit } from "./unfit.ts";

/** A file's header, and the whole lines behind it, a letter for each byte. */
export interface Headed {
  readonly header: readonly string[];
  readonly lines: readonly string[];
}

/** What a file's first bytes give away. */
const kinds: readonly (readonly [string, string])[] = [
  ["\xff\xfe", "UTF-16, not UTF-8; save it as CSV UTF-8"],
  ["\xfe\xff", "UTF-16, not UTF-8; save it as CSV UTF-8"],
  ["\x1f\x8b", "gzip content under a name that does not end in .gz; rename it"],
  ["PK\x03\x04", "a zip archive or an Excel workbook, not text; save it as CSV UTF-8"],
  ["\xd0\xcf\x11\xe0", "an Excel workbook, not text; save it as CSV UTF-8"],
];

/**
 * Finds the first line that is not blank.
 *
 * @returns null when there is none, or when it does not end within these bytes
 * @throws Unfit when it is no header
 */
export function headerOf({ bytes, whole }: Start): Headed | null {
  const text = bytes.toString("latin1");
  for (const [magic, kind] of kinds) if (text.startsWith(magic)) throw new Unfit(kind);
  const lines = text.replace(/^\xef\xbb\xbf/, "").split(/\r\n|\r|\n/);
  // what the bytes end in may go on
  if (!whole) lines.pop();
  const at = lines.findIndex((line) => !isBlank(line));
  const line = lines[at];
  return line === undefined ? null : { header: columnsOf(line), lines: lines.slice(at + 1) };
}

export const isBlank = (line: string): boolean => /^ *$/.test(line);

function columnsOf(line: string): string[] {
  const quarter = Math.floor(line.length / 4);
  if (quarter > 0 && line.split("\0").length - 1 >= quarter) {
    throw new Unfit("UTF-16 or binary, not UTF-8 text; save it as CSV UTF-8");
  }
  const text = decoded(line);
  if (text === null) throw new Unfit("its first line is not UTF-8 text; save it as CSV UTF-8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x08\x0a-\x1f]/.test(text)) throw new Unfit("binary, not text; save it as CSV UTF-8");
  const columns = fieldsOf(text);
  if (columns !== null) return columns;
  for (const [separator, word] of separators) {
    if ((fieldsOf(text, separator) ?? []).length > 1) throw separatedBy(word);
  }
  throw new Unfit("a broken quote in its first line; mend it");
}

function decoded(line: string): string | null {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(Buffer.from(line, "latin1"));
  } catch {
    return null;
  }
}
