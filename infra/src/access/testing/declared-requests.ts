/** What the code of a state calls when it does what it declares. */

import type { Access } from "@penstock/workflows/access.ts";
import { account, type Request } from "./ask.ts";
import {
  type Asker,
  at,
  bucket,
  database,
  onEntry,
  onItems,
  onKey,
  reading,
  readingKey,
  region,
  writing,
} from "./example.ts";

const entryReads = ["GetDatabase", "GetTable", "GetPartition", "GetPartitions", "BatchGetPartition"];
const entryWrites = ["CreateTable", "UpdateTable"];
const execution = "states:DescribeExecution";

export function readRequests(access: Access, { name, datasets }: Asker): Request[] {
  switch (access.kind) {
    case "objects":
      return [
        ...reading(access.prefix),
        { action: "s3:GetObjectVersion", resource: `${bucket("lake")}/${access.prefix}a b.csv` },
      ];
    case "table":
      return [
        ...reading(warehouse(access.dataset)),
        ...onEntry(access.dataset, entryReads),
        ...(isDelta(access.dataset, datasets) ? readingKey(warehouse(access.dataset).slice(0, -1)) : []),
      ];
    case "cleaned":
      return [...reading(`cleaned/${access.dataset}/`), ...onEntry(`${access.dataset}_cleaned`, entryReads)];
    case "quarantine":
      return [
        ...reading(warehouse(`${access.dataset}_quarantine`)),
        ...onEntry(`${access.dataset}_quarantine`, entryReads),
      ];
    case "runs":
      return reading(`runs/${name}/`);
    case "ledger":
      return onItems("penstock-dev-ledger", ["GetItem", "Query"], [name]);
    case "lookup":
      return onItems(`penstock-dev-${name}-${kebab(access.key)}`, ["Query", "Scan"]);
    case "series":
      return [
        ...onItems(series(name, access.dataset), ["Query"]),
        {
          action: "dynamodb:Query",
          resource: at("dynamodb", `table/${series(name, access.dataset)}/index/anomalies`),
        },
        ...onItems(`${series(name, access.dataset)}-figures`, ["GetItem", "BatchGetItem"]),
      ];
    case "secret":
      return [
        { action: "secretsmanager:GetSecretValue", resource: secretArn(access.secret) },
        onKey("Decrypt", "secretsmanager"),
      ];
    case "queries":
      return [
        ...onWorkGroup(["GetQueryExecution", "GetQueryResults"]),
        { action: "s3:GetObject", resource: `${bucket("results")}/q1.csv` },
        onKey("Decrypt", "s3"),
      ];
    case "jobRuns":
      return [{ action: "glue:GetJobRuns", resource: at("glue", `job/penstock-dev-${name}`) }];
    case "executions":
      return [{ action: execution, resource: at("states", `execution:penstock-dev-${name}:e1`) }];
    case "topic":
      return [];
  }
}

export function writeRequests(access: Access, { name, datasets }: Asker): Request[] {
  switch (access.kind) {
    case "objects":
      return writing(access.prefix);
    case "table":
      return [
        ...writing(warehouse(access.dataset)),
        ...(isDelta(access.dataset, datasets) ? [] : onEntry(access.dataset, entryWrites)),
      ];
    case "cleaned":
      return writing(`cleaned/${access.dataset}/`);
    case "quarantine":
      return [
        ...writing(warehouse(`${access.dataset}_quarantine`)),
        ...onEntry(`${access.dataset}_quarantine`, entryWrites),
      ];
    case "runs":
      return writing(`runs/${name}/`);
    case "ledger":
      return onItems("penstock-dev-ledger", ["PutItem"], [name]);
    case "lookup":
      return onItems(`penstock-dev-${name}-${kebab(access.key)}`, [
        "PutItem",
        "DeleteItem",
        "BatchWriteItem",
      ]);
    case "series":
      return [
        ...onItems(series(name, access.dataset), ["PutItem", "DeleteItem", "BatchWriteItem"]),
        ...onItems(`${series(name, access.dataset)}-figures`, ["PutItem", "DeleteItem"]),
      ];
    case "topic":
      return [
        { action: "sns:Publish", resource: at("sns", `penstock-dev-${name}`) },
        onKey("GenerateDataKey", "sns"),
        onKey("Decrypt", "sns"),
      ];
    case "queries":
      return startRequests;
    case "jobRuns":
      return [{ action: "glue:BatchStopJobRun", resource: at("glue", `job/penstock-dev-${name}`) }];
    case "secret":
    case "executions":
      return [];
  }
}

/** What it takes to run a query, whatever it reads. */
const startRequests: Request[] = [
  ...onWorkGroup(["StartQueryExecution", "StopQueryExecution", "GetQueryExecution"]),
  { action: "athena:GetDataCatalog", resource: at("athena", "datacatalog/AwsDataCatalog") },
  { action: "glue:GetDatabase", resource: at("glue", "catalog") },
  { action: "glue:GetDatabase", resource: at("glue", "database/default") },
  ...["GetBucketLocation", "ListBucket", "ListBucketMultipartUploads"].map((action) => ({
    action: `s3:${action}`,
    resource: bucket("results"),
  })),
  ...["GetObject", "PutObject", "AbortMultipartUpload", "ListMultipartUploadParts"].map((action) => ({
    action: `s3:${action}`,
    resource: `${bucket("results")}/q1.csv`,
  })),
  onKey("GenerateDataKey", "s3"),
  onKey("Decrypt", "s3"),
];

export function onWorkGroup(actions: readonly string[]): Request[] {
  return actions.map((action) => ({
    action: `athena:${action}`,
    resource: at("athena", "workgroup/penstock-dev"),
  }));
}

const isDelta = (dataset: string, datasets: Asker["datasets"]): boolean =>
  datasets.some(({ name, format }) => name === dataset && format === "delta");

const secretArn = (secret: string): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:penstock-dev-${secret}-aB3xY9`;

const warehouse = (table: string): string => `warehouse/${database}/${table}/`;
const series = (name: string, dataset: string): string => `penstock-dev-${name}-${kebab(dataset)}`;

const kebab = (text: string): string => text.replaceAll("_", "-");
