import { expect, test } from "@jest/globals";
import { ledgerTable, lookupTable, seriesTable } from "@penstock/lake/tables.ts";
import { keyArn } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { KeyValueTable, type KeyValueTableProps } from "./key-value-table.ts";

const table = (props: Partial<KeyValueTableProps> = {}) =>
  made((scope) => {
    new KeyValueTable(scope, "table", { table: ledgerTable("ledger"), keyArn, ...props });
  }).one("aws_dynamodb_table");

test("it has the lake's keys, is paid by request, encrypted, restorable, and forgets by itself", () => {
  expect(table()).toMatchObject({
    name: "ledger",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "pipeline",
    range_key: "item",
    attribute: [
      { name: "pipeline", type: "S" },
      { name: "item", type: "S" },
    ],
    server_side_encryption: { enabled: true, kms_key_arn: keyArn },
    point_in_time_recovery: { enabled: true },
    ttl: { enabled: true, attribute_name: "expires_at_epoch" },
  });
  expect(table({ table: lookupTable("sites", "site_id"), ttlAttribute: "gone_at" })).toMatchObject({
    hash_key: "site_id",
    range_key: "metric",
    ttl: { attribute_name: "gone_at" },
  });
});

test("neither DynamoDB nor Terraform destroys it, unless it is allowed", () => {
  expect(table()).toMatchObject({ deletion_protection_enabled: true, lifecycle: { prevent_destroy: true } });
  expect(table({ allowDestroy: true })).toMatchObject({
    deletion_protection_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
});

test("a series' table has its index, with all attributes", () => {
  const series = seriesTable("readings", { key: "site_id", time: "timestamp" });
  expect(table({ table: series })).toMatchObject({
    hash_key: "site_id",
    range_key: "timestamp",
    attribute: [
      { name: "site_id", type: "S" },
      { name: "timestamp", type: "S" },
      { name: "anomaly_at", type: "S" },
    ],
    global_secondary_index: [
      { name: "anomalies", hash_key: "site_id", range_key: "anomaly_at", projection_type: "ALL" },
    ],
  });
  expect(table()).not.toHaveProperty("global_secondary_index");
});
