/** A contract as the literal that the Glue runtime reads: `penstock_runtime.contract.Dataset(...)`. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import { call, dictionary, list, type Python, raw, text } from "../python-source.ts";
import { dqdlRules, mostQuarantined } from "./dqdl.ts";
import { sparkType } from "./spark-casts.ts";
import { partitionDdl } from "./spark-ddl.ts";

export function pythonDataset(dataset: Dataset): Python {
  const quarantined = mostQuarantined(dataset);
  return call("Dataset", [], {
    name: text(dataset.name),
    description: text(dataset.description),
    columns: list(Object.entries(dataset.columns).map(([name, column]) => pythonColumn(name, column))),
    primary_key: list(dataset.primaryKey.map(text)),
    newest_by: list(dataset.newestBy.map(text)),
    partition_by: list(dataset.partitionBy.map((partition) => text(partitionDdl(partition)))),
    rules: dictionary(Object.fromEntries(dataset.rows.map(({ name, predicate }) => [name, text(predicate)]))),
    dqdl: list(dqdlRules(dataset).map(text)),
    max_quarantined: quarantined === undefined ? undefined : raw(String(quarantined)),
  });
}

function pythonColumn(name: string, column: Column): Python {
  return call("Column", [text(name), text(sparkType(column))], {
    required: column.nullable ? raw("False") : undefined,
    ...constraints(column),
    pii: column.pii === undefined ? undefined : text(column.pii),
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
      return {
        min: column.min === undefined ? undefined : raw(String(column.min)),
        max: column.max === undefined ? undefined : raw(String(column.max)),
      };
    case "date":
    case "timestamp":
      return {
        min: column.min === undefined ? undefined : text(column.min),
        max: column.max === undefined ? undefined : text(column.max),
      };
    case "oneOf":
      return { values: list(column.values.map(text)) };
    default:
      return column satisfies never;
  }
}
