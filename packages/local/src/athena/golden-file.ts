/**
 * A file of golden cases: paragraphs of SQL, each followed by what Athena answers.
 *
 *     -- where the expectation comes from
 *     SELECT 7 / 2
 *     --: integer
 *     --> 3
 *
 * `--:` the columns' types, with their names where the query gives them, `-->` a row, `--!` an error.
 */

export interface GoldenCase {
  /** Comments before the query. */
  readonly source: readonly string[];
  readonly sql: string;
  readonly expected: readonly string[];
}

export function readGolden(text: string): readonly GoldenCase[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").filter((line) => line.trim() !== ""))
    .filter((lines) => lines.some((line) => !line.startsWith("--")))
    .map((lines) => ({
      source: lines.filter((line) => /^--( |$)/.test(line)),
      sql: lines.filter((line) => !line.startsWith("--")).join("\n"),
      expected: lines.filter((line) => /^--[:>!]/.test(line)),
    }));
}

export function writeGolden(cases: readonly GoldenCase[]): string {
  return `${cases.map(({ source, sql, expected }) => [...source, sql, ...expected].join("\n")).join("\n\n")}\n`;
}
