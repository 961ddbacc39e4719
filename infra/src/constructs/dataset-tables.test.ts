import { expect, test } from "@jest/globals";
import { decimal, string, timestamp } from "@penstock/contracts/column.ts";
import { type Dataset, dataset, merge, month } from "@penstock/contracts/dataset.ts";
import { type Attributes, made } from "../testing/made.ts";
import { DatasetTables } from "./dataset-tables.ts";

const stays = dataset("stays", {
  description: "A stay, at ${price}.",
  columns: {
    stay_id: string().describe("The %{id}."),
    began_at: timestamp(),
    paid: decimal(8, 2).optional(),
  },
  primaryKey: ["stay_id"],
  write: merge(),
  partitionBy: [month("began_at")],
});

const tables = (of: Dataset = stays, allowDestroy?: boolean) => {
  const all = made((scope) => {
    new DatasetTables(scope, "stays", {
      dataset: of,
      database: "penstock_dev",
      lakeUrl: "s3://lake/",
      ...(allowDestroy === undefined ? {} : { allowDestroy }),
    });
  }).all("aws_glue_catalog_table");
  expect(all).toHaveLength(2);
  const isCleaned = ({ name }: Attributes) => name === "stays_cleaned";
  return { curated: all.find((each) => !isCleaned(each)), cleaned: all.find(isCleaned) };
};

const columns = expect.arrayContaining([
  expect.objectContaining({ name: "stay_id", type: "string", comment: "The %%{id}." }),
  expect.objectContaining({ name: "began_at", type: "timestamp" }),
  expect.objectContaining({ name: "paid", type: "decimal(8,2)" }),
]);

test("an Iceberg table is made once, with the contract's columns; from then on its own commits change it", () => {
  expect(tables().curated).toMatchObject({
    name: "stays",
    database_name: "penstock_dev",
    description: "A stay, at $${price}.",
    table_type: "EXTERNAL_TABLE",
    open_table_format_input: { iceberg_input: { metadata_operation: "CREATE", version: "2" } },
    storage_descriptor: { location: "s3://lake/warehouse/penstock_dev/stays", columns },
    lifecycle: { ignore_changes: expect.arrayContaining(["storage_descriptor", "parameters"]) },
  });
});

test("a Delta table is read by Athena at its location, and its columns are the contract's to say", () => {
  const { curated } = tables({ ...stays, format: "delta" });
  expect(curated).toMatchObject({
    parameters: { table_type: "DELTA", "spark.sql.sources.provider": "delta" },
    storage_descriptor: { location: "s3://lake/warehouse/penstock_dev/stays", columns },
  });
  expect(curated).not.toHaveProperty("open_table_format_input");
  expect(curated).not.toHaveProperty("lifecycle.ignore_changes");
});

test("cleaned rows are Parquet, a folder a run, none of which anybody has to register", () => {
  expect(tables().cleaned).toMatchObject({
    name: "stays_cleaned",
    partition_keys: [{ name: "run", type: "string" }],
    parameters: {
      classification: "parquet",
      "projection.enabled": "true",
      "projection.run.type": "injected",
      // Glue's own template, not Terraform's
      "storage.location.template": "s3://lake/cleaned/stays/run=$${run}/",
    },
    storage_descriptor: {
      location: "s3://lake/cleaned/stays/",
      columns,
      ser_de_info: {
        serialization_library: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
      },
    },
  });
});

test.each(["iceberg", "delta"] as const)("%s: Terraform destroys neither, unless it is allowed", (format) => {
  const of = { ...stays, format };
  for (const table of Object.values(tables(of))) {
    expect(table).toHaveProperty("lifecycle.prevent_destroy", true);
  }
  for (const table of Object.values(tables(of, true))) {
    expect(table).not.toHaveProperty("lifecycle.prevent_destroy");
  }
});
