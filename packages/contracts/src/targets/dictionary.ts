/** The data dictionary: every dataset as Markdown, and how they hang together as a Mermaid diagram. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import type { Gate } from "../gate.ts";
import { limits } from "../limits.ts";
import { lineageColumns } from "../lineage.ts";
import { tableNames } from "../tables.ts";

/** Datasets that belong together, such as those of one pipeline. */
export interface Chapter {
  readonly title: string;
  readonly description: string;
  readonly datasets: readonly Dataset[];
}

/** @returns the whole dictionary, ending with a newline */
export function dictionary(chapters: readonly Chapter[]): string {
  return `${[
    "# Data dictionary",
    "Every column of every dataset, as the contracts say it. Times are UTC; decimals are exact.",
    ...chapters.flatMap(chapterText),
    "## In every table",
    "After its own columns, each table carries where a row came from:",
    table(
      ["column", "type", "meaning"],
      lineageColumns.map(({ name, type, description }) => [code(name), type, description]),
    ),
  ].join("\n\n")}\n`;
}

/**
 * @returns a Mermaid `erDiagram`: a foreign key is a line, and datasets that share a column which is one's key, without
 *   anything holding them to it, are joined by a dotted one
 */
export function entityDiagram(datasets: readonly Dataset[]): string {
  const entities = datasets.flatMap((dataset) => [
    `  ${dataset.name} {`,
    ...Object.entries(dataset.columns).map(
      ([name, column]) => `    ${column.kind} ${name}${marks(dataset, name)}`,
    ),
    "  }",
  ]);
  const relations = datasets.flatMap((one) =>
    datasets
      .filter((many) => many !== one && !refersTo(many, one) && sharedKey(one, many) !== undefined)
      .map((many) => `  ${one.name} |o..o{ ${many.name} : ${sharedKey(one, many)}`),
  );
  const references = datasets.flatMap((many) =>
    many.foreignKeys.map(({ column, dataset }) => {
      const optional = many.columns[column]?.nullable === true;
      return `  ${dataset} ${optional ? "|o" : "||"}--o{ ${many.name} : ${column}`;
    }),
  );
  return ["erDiagram", ...entities, ...references, ...relations].join("\n");
}

function marks({ primaryKey, foreignKeys }: Dataset, name: string): string {
  const found = [
    ...(primaryKey.includes(name) ? ["PK"] : []),
    ...(foreignKeys.some(({ column }) => column === name) ? ["FK"] : []),
  ];
  return found.length === 0 ? "" : ` ${found.join(", ")}`;
}

const refersTo = (many: Dataset, one: Dataset): boolean =>
  many.foreignKeys.some(({ dataset }) => dataset === one.name);

function chapterText({ title, description, datasets }: Chapter): readonly string[] {
  return [
    `## ${title}`,
    description,
    `\`\`\`mermaid\n${entityDiagram(datasets)}\n\`\`\``,
    ...datasets.flatMap(datasetText),
  ];
}

function datasetText(dataset: Dataset): readonly string[] {
  const { cleaned, quarantine } = tableNames(dataset);
  const split = dataset.partitionBy.map(({ transform, column }) =>
    transform === "identity" ? code(column) : `the ${transform} of ${code(column)}`,
  );
  return [
    `### ${code(dataset.name)}`,
    dataset.description,
    table(
      ["column", "type", "may be empty", "meaning"],
      Object.entries(dataset.columns).map(([name, column]) => [
        code(name),
        typeText(column),
        column.nullable ? "yes" : "",
        meaning(column),
      ]),
    ),
    [
      `- Key: ${dataset.primaryKey.map(code).join(", ")}.`,
      `- Of two versions of a row the newest wins: ${[...dataset.newestBy.map((column) => `the greater ${code(column)}`), "the later file"].join(", then ")}.`,
      ...(dataset.format === "iceberg" ? [] : ["- Kept as Delta Lake."]),
      ...dataset.foreignKeys.map(
        ({ column, dataset: parent, key, reportAfter }) =>
          `- ${code(column)} is the ${code(key)} of a row of ${code(parent)}; a row whose parent has not arrived waits in quarantine, and is reported after ${reportAfter}.`,
      ),
      ...(split.length === 0 ? [] : [`- Partitioned by ${split.join(", ")}.`]),
      ...dataset.rows.map(({ name, predicate }) => `- Every row: ${name} (${code(predicate)}).`),
      ...dataset.gates.map((gate) => `- Every run: ${gateText(gate)}.`),
      ...(dataset.freshness === undefined
        ? []
        : [
            `- Fresh: the newest ${code(dataset.freshness.column)} is at most ${dataset.freshness.within} old.`,
          ]),
      `- Also: ${code(cleaned)}, the rows each run accepted; ${code(quarantine)}, the rows set aside and why.`,
    ].join("\n"),
  ];
}

function typeText(column: Column): string {
  switch (column.kind) {
    case "string":
    case "boolean":
    case "integer":
    case "long":
    case "double":
    case "date":
    case "timestamp":
      return column.kind;
    case "decimal":
      return `decimal(${column.precision}, ${column.scale})`;
    case "oneOf":
      return `one of ${column.values.map(code).join(", ")}`;
    default:
      return column satisfies never;
  }
}

function meaning(column: Column): string {
  const range = limits(column);
  return [
    column.description,
    range === "" ? "" : `${range.slice(0, 1).toUpperCase()}${range.slice(1)}.`,
    column.pii === "pseudonymise" ? "Personal data: kept as a pseudonym." : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function gateText(gate: Gate): string {
  switch (gate.kind) {
    case "quarantined":
      return `at most ${percent(gate.max)} of the rows quarantined`;
    case "completeness":
      return `${code(gate.column)} is there in at least ${percent(gate.min)} of the rows`;
    case "mean":
      return `the mean of ${code(gate.column)} is ${limits(gate)}`;
    default:
      return gate satisfies never;
  }
}

function sharedKey(one: Dataset, many: Dataset): string | undefined {
  const [key, ...more] = one.primaryKey;
  return more.length === 0 && key !== undefined && key in many.columns && !many.primaryKey.includes(key)
    ? key
    : undefined;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => `\`${text}\``;

const percent = (share: number) => `${Number((share * 100).toFixed(4))} %`;
