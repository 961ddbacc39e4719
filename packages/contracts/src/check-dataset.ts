/** What a contract must fulfil before anything is derived from it. */

import { checkColumn, checkName, checkOrder, type Fail } from "./check-column.ts";
import type { Column } from "./column.ts";
import type { Dataset } from "./dataset.ts";
import { ContractError } from "./errors.ts";
import type { Gate } from "./gate.ts";

/** @throws ContractError for the first thing that is wrong */
export function checkDataset(dataset: Dataset): void {
  const fail: Fail = (finding) => {
    throw new ContractError({ dataset: dataset.name, ...finding });
  };
  checkName(dataset.name, "a dataset's name", fail);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(dataset.row)) {
    fail({ problem: "a row's name", found: dataset.row, expected: "Pascal case, such as ChargingSession" });
  }
  if (dataset.description.trim() === "")
    fail({ problem: "no description", expected: "a sentence saying what a row is" });
  if (Object.keys(dataset.columns).length === 0) fail({ problem: "no columns", expected: "at least one" });
  for (const [name, column] of Object.entries(dataset.columns)) checkColumn(name, column, fail);
  checkKey(dataset, fail);
  checkReferences(dataset, fail);
  checkForeignKeys(dataset, fail);
  checkFigures(dataset, fail);
}

function checkKey(dataset: Dataset, fail: Fail): void {
  if (dataset.primaryKey.length === 0) {
    fail({ problem: "no primaryKey", expected: "the columns that tell one row from another" });
  }
  for (const name of dataset.primaryKey) {
    const column = known(dataset, name, "primaryKey", fail);
    if (column.nullable)
      fail({ column: name, problem: "a key column is optional", expected: "a column that is never empty" });
  }
}

function checkReferences(dataset: Dataset, fail: Fail): void {
  for (const name of dataset.newestBy) known(dataset, name, "newestBy", fail);
  for (const { column: name, transform } of dataset.partitionBy) {
    const column = known(dataset, name, "partitionBy", fail);
    if (transform !== "identity" && column.kind !== "date" && column.kind !== "timestamp") {
      fail({
        column: name,
        problem: `partitioned by ${transform}`,
        found: column.kind,
        expected: "a date or a timestamp",
      });
    }
  }
  const transformed = dataset.partitionBy.find(({ transform }) => transform !== "identity");
  if (dataset.format === "delta" && transformed !== undefined) {
    fail({
      column: transformed.column,
      problem: `partitioned by ${transformed.transform}`,
      found: "the format delta",
      expected: "identity, of a column that holds the day or the month: Delta knows no transforms",
    });
  }
  if (dataset.freshness === undefined) return;
  const { column: name, within } = dataset.freshness;
  const column = known(dataset, name, "freshness", fail);
  if (column.kind !== "date" && column.kind !== "timestamp") {
    fail({ column: name, problem: "freshness", found: column.kind, expected: "a date or a timestamp" });
  }
  checkSpan(name, "freshness", within, fail);
}

function checkForeignKeys(dataset: Dataset, fail: Fail): void {
  for (const { column: name, dataset: parent, kind, reportAfter } of dataset.foreignKeys) {
    const column = known(dataset, name, "foreignKeys", fail);
    const problem = `a reference to "${parent}"`;
    if (column.kind !== kind) fail({ column: name, problem, found: column.kind, expected: kind });
    if (column.pii !== undefined) {
      // it is compared before it is replaced by a pseudonym
      fail({ column: name, problem, found: "personal data", expected: "a column that is kept as it is" });
    }
    checkSpan(name, `${problem}: reportAfter`, reportAfter, fail);
  }
}

function checkSpan(column: string, problem: string, span: string, fail: Fail): void {
  if (/^[1-9]\d* (minutes|hours|days)$/.test(span)) return;
  fail({ column, problem, found: span, expected: 'a count and a unit, such as "36 hours"' });
}

function checkFigures(dataset: Dataset, fail: Fail): void {
  const names = dataset.rows.map((rule) => rule.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) fail({ problem: "two rules of one name", found: twice, expected: "a name each" });
  for (const { name, predicate } of dataset.rows) {
    // The predicate travels inside DQDL's double quotes, which know no escape within SQL.
    if (predicate.trim() === "" || predicate.includes('"')) {
      fail({
        problem: `rule "${name}"`,
        found: predicate,
        expected: "a predicate in Spark SQL, text in single quotes",
      });
    }
  }
  for (const gate of dataset.gates) checkGate(dataset, gate, fail);
}

function checkGate(dataset: Dataset, gate: Gate, fail: Fail): void {
  switch (gate.kind) {
    case "quarantined":
      checkShare("quarantined", gate.max, fail);
      return;
    case "completeness":
      known(dataset, gate.column, "a gate", fail);
      checkShare(`completeness of ${gate.column}`, gate.min, fail);
      return;
    case "mean": {
      const column = known(dataset, gate.column, "a gate", fail);
      if (!["integer", "long", "double", "decimal"].includes(column.kind)) {
        fail({ column: gate.column, problem: "a mean", found: column.kind, expected: "a number" });
      }
      checkOrder(gate.column, gate.min, gate.max, Number, fail);
      return;
    }
    default:
      gate satisfies never;
  }
}

function checkShare(what: string, share: number, fail: Fail): void {
  if (!(share >= 0 && share <= 1)) fail({ problem: what, found: String(share), expected: "a share, 0 to 1" });
}

function known(dataset: Dataset, name: string, where: string, fail: Fail): Column {
  const column = dataset.columns[name];
  if (column !== undefined && Object.hasOwn(dataset.columns, name)) return column;
  return fail({ problem: `unknown column in ${where}`, found: name, known: Object.keys(dataset.columns) });
}
