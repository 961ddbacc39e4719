import { Failure } from "../failure.ts";

const reading: ReadonlySet<string> = new Set([
  "SELECT",
  "WITH",
  "VALUES",
  "TABLE",
  "SHOW",
  "DESCRIBE",
  "DESC",
]);

/** Tables change by runs alone, whatever the credentials would allow. @throws Failure for what does not only read */
export function assertReads(sql: string): void {
  const [word = ""] = /^\w+/.exec(withoutComments(sql)) ?? [];
  if (reading.has(word.toUpperCase())) return;
  throw new Failure(
    `only what reads is sent to Athena: found ${word || "nothing"}, expected SELECT, WITH, SHOW or DESCRIBE`,
  );
}

/** What comes before the first word does not count. */
const withoutComments = (sql: string): string =>
  sql.replace(/^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "");
