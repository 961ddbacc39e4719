/** The little CSV that cases are written in: quotes where a field has a comma, no line breaks in fields. */

/** The fields of each line, the header's first. */
export function fieldsOf(text: string): string[][] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field)),
    );
}

/** Rows as CSV, by the columns of the first; nothing where NULL. */
export function csvOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const header = Object.keys(rows[0] ?? {});
  const lines = [header, ...rows.map((row) => header.map((column) => field(row[column])))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

function field(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
