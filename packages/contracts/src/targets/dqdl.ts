/**
 * The dataset's data-quality ruleset in DQDL, evaluated on the rows of one run that were accepted.
 *
 * Rows that break the contract were quarantined before, row by row; the ruleset proves that, and adds the
 * gates that only a whole run can keep. Only what open-source Deequ and AWS Glue read alike is written:
 * - `between` excludes its bounds, so a range is two comparisons;
 * - NULL fails a comparison, so an optional column's is restricted by `where`;
 * - `in` loses an apostrophe, so values that have one are compared in SQL;
 * - days and instants are not compared reliably, so those and the row rules count the rows that break them.
 */

import type { Column, TimeColumn } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import type { Gate } from "../gate.ts";

/** @returns the ruleset, one rule a line, ending with a newline */
export function dqdl(dataset: Dataset): string {
  const lines = dqdlRules(dataset).map((rule) => `  ${rule}`);
  return `Rules = [\n${lines.join(",\n")}\n]\n`;
}

/** @returns the rules, in the order of the contract */
export function dqdlRules(dataset: Dataset): readonly string[] {
  return [
    `IsPrimaryKey ${dataset.primaryKey.map(quoted).join(" ")}`,
    ...Object.entries(dataset.columns).flatMap(([name, column]) => [
      ...(column.nullable ? [] : [`IsComplete ${quoted(name)}`]),
      ...valueRules(name, column),
    ]),
    ...dataset.rows.map(({ predicate }) => none(`not (${predicate})`)),
    ...dataset.gates.flatMap(gateRules),
  ];
}

/**
 * The largest share of the rows read that may end in quarantine, 0 to 1; undefined when any may.
 * Not DQDL: the ruleset sees accepted rows only, so the run counts this one itself.
 */
export function mostQuarantined(dataset: Dataset): number | undefined {
  const shares = dataset.gates.flatMap((gate) => (gate.kind === "quarantined" ? [gate.max] : []));
  return shares.length === 0 ? undefined : Math.min(...shares);
}

function valueRules(name: string, column: Column): readonly string[] {
  const values = `ColumnValues ${quoted(name)}`;
  const where = column.nullable ? ` where ${quoted(`${name} is not null`)}` : "";
  switch (column.kind) {
    case "string":
    case "boolean":
      return [];
    case "integer":
    case "long":
    case "double":
    case "decimal":
      return [
        ...(column.min === undefined ? [] : [`${values} >= ${column.min}${where}`]),
        ...(column.max === undefined ? [] : [`${values} <= ${column.max}${where}`]),
      ];
    case "date":
    case "timestamp":
      return outside(name, column);
    case "oneOf":
      return column.values.some((value) => value.includes("'"))
        ? [none(`${name} not in (${column.values.map(sqlText).join(", ")})`)]
        : [`${values} in [${column.values.map(quoted).join(", ")}]${where}`];
    default:
      return column satisfies never;
  }
}

function outside(name: string, { kind, min, max }: TimeColumn): readonly string[] {
  const conditions = [
    ...(min === undefined ? [] : [`${name} < ${kind} '${min}'`]),
    ...(max === undefined ? [] : [`${name} > ${kind} '${max}'`]),
  ];
  return conditions.length === 0 ? [] : [none(conditions.join(" or "))];
}

function gateRules(gate: Gate): readonly string[] {
  switch (gate.kind) {
    case "quarantined":
      return [];
    case "completeness":
      return [`Completeness ${quoted(gate.column)} >= ${gate.min}`];
    case "mean":
      return [
        ...(gate.min === undefined ? [] : [`Mean ${quoted(gate.column)} >= ${gate.min}`]),
        ...(gate.max === undefined ? [] : [`Mean ${quoted(gate.column)} <= ${gate.max}`]),
      ];
    default:
      return gate satisfies never;
  }
}

/** No row of the run fulfils the condition. Unlike `CustomSql`, counted in the one pass that most rules share. */
function none(condition: string): string {
  return `RowCount = 0 where ${quoted(condition)}`;
}

/** Quotes within DQDL's quotes are not escaped alike everywhere, so an apostrophe is spelt by its code. */
function sqlText(text: string): string {
  const parts = text.split("'").map((part) => `'${part}'`);
  return parts.length === 1 ? parts.join("") : `concat(${parts.join(", char(39), ")})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}
