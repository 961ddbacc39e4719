/** Whether the first rows of a file look as if its header were theirs. */

import { fieldsOf } from "./csv-line.ts";
import { isBlank } from "./header-line.ts";
import { Unfit } from "./unfit.ts";

/** Rows that are looked at. */
const most = 50;

/**
 * A row that is odd costs that row, in the job; a file is rejected only when all that are looked at are.
 *
 * @param lines whole lines, a letter for each byte
 * @throws Unfit when none has as many fields as the header has
 */
export function checkFirstRows(
  lines: readonly string[],
  { fields, multiline }: { readonly fields: number; readonly multiline: boolean },
): void {
  const rows = multiline
    ? records(lines)
    : lines
        .filter((line) => !isBlank(line))
        .slice(0, most)
        .map((line) => fieldsOf(line));
  // one odd row is no reason, though there be no other
  if (rows.length < 2 || rows.some((row) => row?.length === fields)) return;
  throw new Unfit(
    `none of its first ${rows.length} rows has the ${fields} fields of its header; mend its separators or its header`,
  );
}

/** The first records of lines of which some may belong together. */
function records(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  let begun: string | null = null;
  for (const line of lines.slice(0, 10 * most)) {
    if (begun === null && isBlank(line)) continue;
    const record: string = begun === null ? line : `${begun}\n${line}`;
    const fields = fieldsOf(record);
    begun = fields === null ? record : null;
    if (fields !== null) found.push(fields);
    if (found.length === most) break;
  }
  return found;
}
