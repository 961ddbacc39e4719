/** A dataset as a documented TypeScript interface; the file imports nothing. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import { limits } from "../limits.ts";

/** Longest line of the repository's TypeScript. */
const lineWidth = 110;

/** @returns the interface with its comments, formatted, ending with a newline */
export function typescript(dataset: Dataset): string {
  const members = Object.entries(dataset.columns).map(([name, column]) => member(name, column));
  return [comment(dataset.description, ""), `export interface ${dataset.row} {`, ...members, "}", ""].join(
    "\n",
  );
}

function member(name: string, column: Column): string {
  const kinds = [...literalTypes(column), ...(column.nullable ? ["null"] : [])];
  const inline = `  ${name}: ${kinds.join(" | ")};`;
  const type =
    inline.length <= lineWidth ? inline : `  ${name}:\n${kinds.map((kind) => `    | ${kind}`).join("\n")};`;
  const text = [column.description, meaning(column)].filter((part) => part !== "").join(" ");
  return text === "" ? type : `${comment(text, "  ")}\n${type}`;
}

function literalTypes(column: Column): readonly string[] {
  switch (column.kind) {
    case "string":
    case "decimal":
    case "date":
    case "timestamp":
      return ["string"];
    case "boolean":
      return ["boolean"];
    case "integer":
    case "long":
    case "double":
      return ["number"];
    case "oneOf":
      return column.values.map(literal);
    default:
      return column satisfies never;
  }
}

/** In double quotes, unless single ones save escapes: as the formatter has it. */
function literal(value: string): string {
  const count = (quote: string) => value.split(quote).length;
  return count('"') > count("'") ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value);
}

/** What the TypeScript type does not say by itself. */
function meaning(column: Column): string {
  const shape = {
    string: "",
    boolean: "",
    integer: "A whole number.",
    long: "A whole number.",
    double: "",
    decimal: column.kind === "decimal" ? `An exact number as text, ${column.scale} decimals.` : "",
    date: "A day, ISO-8601.",
    timestamp: "An instant, ISO-8601 in UTC.",
    oneOf: "",
  }[column.kind];
  const range = limits(column);
  const pseudonym =
    column.pii === "pseudonymise" && !/pseudonym/i.test(column.description) ? "A pseudonym." : "";
  return [shape, range === "" ? "" : `${range.slice(0, 1).toUpperCase()}${range.slice(1)}.`, pseudonym]
    .filter((part) => part !== "")
    .join(" ");
}

function comment(text: string, indent: string): string {
  const safe = text.replaceAll("*/", "*\\/");
  const inline = `${indent}/** ${safe} */`;
  if (inline.length <= lineWidth) return inline;
  const lines: string[] = [];
  for (const word of safe.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && `${indent} * ${longer}`.length <= lineWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join("\n");
}
