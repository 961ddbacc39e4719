/** A contract as the literal that the Glue runtime reads: `penstock_runtime.contract.Dataset(...)`. */

import type { Column } from "../column.ts";
import type { Dataset, ForeignKey } from "../dataset.ts";
import { block, call, list, type Python, raw, text } from "../python-source.ts";
import { dqdl, mostQuarantined } from "./dqdl.ts";
import { sparkType } from "./spark-casts.ts";
import { sparkDdl } from "./spark-ddl.ts";

export function pythonDataset(dataset: Dataset): Python {
  const quarantined = mostQuarantined(dataset);
  return call("Dataset", [], {
    name: text(dataset.name),
    description: text(dataset.description),
    columns: list(Object.entries(dataset.columns).map(([name, column]) => pythonColumn(name, column))),
    primary_key: list(dataset.primaryKey.map(text)),
    newest_by: someOf(dataset.newestBy.map(text)),
    rules: someOf(dataset.rows.map(({ name, predicate }) => call("Rule", [text(name), text(predicate)]))),
    most_quarantined: quarantined === undefined ? undefined : raw(String(quarantined)),
    // where the table is created is said when the job runs
    table: block(sparkDdl(dataset, "{table}")),
    format: dataset.format === "iceberg" ? undefined : text(dataset.format),
    foreign_keys: someOf(dataset.foreignKeys.map(pythonForeignKey)),
    ruleset: block(dqdl(dataset).trimEnd()),
  });
}

function pythonForeignKey({ column, dataset, key, reportAfter }: ForeignKey): Python {
  return call("ForeignKey", [text(column), text(dataset), text(key)], { report_after: text(reportAfter) });
}

function pythonColumn(name: string, column: Column): Python {
  const described = column.description === "" ? [] : [text(column.description)];
  return call("Column", [text(name), text(sparkType(column)), ...described], {
    required: column.nullable ? undefined : raw("True"),
    ...constraints(column),
    pseudonymise: column.pii === "pseudonymise" ? raw("True") : undefined,
  });
}

function constraints(column: Column): Readonly<Record<string, Python | undefined>> {
  switch (column.kind) {
    case "string":
    case "boolean":
      return {};
    case "integer":
    case "long":
    case "double":
    case "decimal":
    case "date":
    case "timestamp":
      return {
        at_least: column.min === undefined ? undefined : text(String(column.min)),
        at_most: column.max === undefined ? undefined : text(String(column.max)),
      };
    case "oneOf":
      return { one_of: list(column.values.map(text)) };
    default:
      return column satisfies never;
  }
}

/** What is empty is left to the default. */
function someOf(values: readonly Python[]): Python | undefined {
  return values.length === 0 ? undefined : list(values);
}
