/** A dataset's tables in the Glue catalogue: the curated one, and its cleaned rows run by run. */

import {
  GlueCatalogTable,
  type GlueCatalogTableConfig,
} from "@cdktf/provider-aws/lib/glue-catalog-table/index.js";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { glueColumns } from "@penstock/contracts/targets/glue-columns.ts";
import { Construct } from "constructs";
import { literal } from "../literal.ts";

export interface DatasetTablesProps {
  readonly dataset: Dataset;
  readonly database: string;
  /** The lake's root, ending in a slash. */
  readonly lakeUrl: string;
  /** Whether they may be destroyed. @default false */
  readonly allowDestroy?: boolean;
}

export class DatasetTables extends Construct {
  constructor(scope: Construct, id: string, props: DatasetTablesProps) {
    super(scope, id);
    const { dataset, database, allowDestroy = false } = props;
    const { curated, cleaned } = tableNames(dataset);
    new GlueCatalogTable(this, "curated", {
      name: curated,
      databaseName: database,
      description: literal(dataset.description),
      ...curatedTable(props),
    });
    new GlueCatalogTable(this, "cleaned", {
      name: cleaned,
      databaseName: database,
      description: `Rows of ${dataset.name} as runs accepted them, a folder each.`,
      ...cleanedTable(props),
    });
    if (!allowDestroy) this.protect();
  }

  private protect(): void {
    for (const child of this.node.children) {
      if (child instanceof GlueCatalogTable) {
        child.lifecycle = { ...child.lifecycle, preventDestroy: true };
      }
    }
  }
}

type Shape = Omit<GlueCatalogTableConfig, "name" | "databaseName">;

function curatedTable({ dataset, database, lakeUrl }: DatasetTablesProps): Shape {
  const location = `${lakeUrl}warehouse/${database}/${tableNames(dataset).curated}`;
  const columns = columnsOf(dataset);
  switch (dataset.format) {
    case "iceberg":
      return {
        tableType: "EXTERNAL_TABLE",
        // Glue writes the first, empty metadata; from then on the table's own commits say what it is, and a change
        // made here would not reach them
        openTableFormatInput: { icebergInput: { metadataOperation: "CREATE", version: "2" } },
        storageDescriptor: { location, columns },
        lifecycle: { ignoreChanges: ["storage_descriptor", "parameters", "table_type", "description"] },
      };
    case "delta":
      return {
        tableType: "EXTERNAL_TABLE",
        parameters: { table_type: "DELTA", "spark.sql.sources.provider": "delta", EXTERNAL: "TRUE" },
        storageDescriptor: {
          location,
          columns,
          inputFormat: "org.apache.hadoop.mapred.SequenceFileInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
          serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe" },
        },
      };
  }
}

const columnsOf = (dataset: Dataset) =>
  glueColumns(dataset).map((column) => ({ ...column, comment: literal(column.comment) }));

/** Parquet by run. The partition is projected: nobody has to register a run, and a query must say which. */
function cleanedTable({ dataset, lakeUrl }: DatasetTablesProps): Shape {
  const location = `${lakeUrl}cleaned/${dataset.name}/`;
  return {
    tableType: "EXTERNAL_TABLE",
    partitionKeys: [{ name: "run", type: "string", comment: "The run that accepted the rows." }],
    parameters: {
      classification: "parquet",
      EXTERNAL: "TRUE",
      "projection.enabled": "true",
      "projection.run.type": "injected",
      "storage.location.template": literal(`${location}run=\${run}/`),
    },
    storageDescriptor: {
      location,
      columns: columnsOf(dataset),
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serDeInfo: {
        serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
      },
    },
  };
}
