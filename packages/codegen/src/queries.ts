/** A pipeline's Athena SQL as one TypeScript module, so that a Lambda's bundle holds it. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { GeneratedFile } from "./generated-file.ts";
import { fileNames, type PipelineFolder } from "./pipeline-folder.ts";

/** @throws Error when a query's file is not named in snake case, or a named query does not say what it is for */
export function queriesFile(root: string, folder: PipelineFolder): GeneratedFile {
  const text = (kind: string, entry: (file: string, sql: string) => string) => {
    const entries = queryFiles(root, folder, kind).map(
      ({ name, path, sql }) => `    ${name}: ${entry(path, sql)},`,
    );
    return entries.length === 0 ? `  ${kind}: {},` : [`  ${kind}: {`, ...entries, "  },"].join("\n");
  };
  return {
    path: `${folder.path}/generated/queries.ts`,
    text: [
      `// Generated from ${folder.path}/queries; do not edit.`,
      "",
      'import type { Queries } from "@penstock/workflows/pipeline.ts";',
      "",
      "export const queries = {",
      text("metrics", (_, sql) => template(sql)),
      text("checks", (_, sql) => template(sql)),
      text("named", (path, sql) => namedQuery(path, sql)),
      "} as const satisfies Queries;",
      "",
    ].join("\n"),
  };
}

function queryFiles(root: string, folder: PipelineFolder, kind: string) {
  return fileNames(join(root, folder.path, "queries", kind), ".sql").map((file) => {
    const path = `${folder.path}/queries/${kind}/${file}`;
    const name = basename(file, ".sql");
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      throw new Error(`${path}: found the name "${name}", expected snake case`);
    return { name, path, sql: readFileSync(join(root, path), "utf8").trim() };
  });
}

/** The width that the repository's formatter is set to. */
const lineWidth = 110;

function namedQuery(path: string, sql: string): string {
  const description = leadingComment(sql);
  if (description === "") throw new Error(`${path}: no comment on top, expected "-- what it answers"`);
  const text = JSON.stringify(description);
  const inline = `      description: ${text},`;
  // the formatter's own rule: a value that makes its line too long gets the next one
  const property = inline.length <= lineWidth ? inline : `      description:\n        ${text},`;
  return ["{", `      sql: ${template(sql)},`, property, "    }"].join("\n");
}

/** The comment that a file of SQL begins with, as one line. */
function leadingComment(sql: string): string {
  const lines = sql.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("--"));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.replace(/^--\s*/, "").trim())
    .join(" ")
    .trim();
}

function template(sql: string): string {
  const escaped = sql.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  return `\`\n${escaped}\n\``;
}
