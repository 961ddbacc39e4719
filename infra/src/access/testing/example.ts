/** Requests on what an environment and a pipeline have, spelled as AWS spells them. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { account, type Request } from "./ask.ts";

export const region = "eu-west-1";
export const environment = { name: "dev", account, region };
export const keyArn = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;

export const bucket = (what: string): string => `arn:aws:s3:::penstock-dev-${what}-${account}-${region}`;
export const database = "penstock_dev";

/** What names and formats requests are made of. */
export type Asker = Pick<Pipeline, "name" | "datasets">;

export const at = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const onKey = (action: string, service: string): Request => ({
  action: `kms:${action}`,
  resource: keyArn,
  context: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
});

/** Looking for an object below a prefix, reading it, listing the folder as boto3 and as Spark do. */
export const reading = (prefix: string): Request[] =>
  [`${prefix}a b.csv`, `${prefix}run=1/part-0.parquet`].flatMap(readingKey).concat(listing(prefix));

/** Reading an object, or learning that it is not there, for which S3 takes the key as the prefix of a listing. */
export const readingKey = (key: string): Request[] => [
  { action: "s3:GetObject", resource: `${bucket("lake")}/${key}` },
  listing(key),
  onKey("Decrypt", "s3"),
];

const listing = (prefix: string): Request => ({
  action: "s3:ListBucket",
  resource: bucket("lake"),
  context: { "s3:prefix": prefix },
});

export const writing = (prefix: string): Request[] => [
  ...["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"].map((action) => ({
    action,
    resource: `${bucket("lake")}/${prefix}run=1/part-0.parquet`,
  })),
  onKey("GenerateDataKey", "s3"),
  onKey("Decrypt", "s3"),
];

/** Glue asks for the right on a table, its database and the catalogue. */
export const onEntry = (table: string, actions: readonly string[]): Request[] =>
  ["catalog", `database/${database}`, `table/${database}/${table}`].flatMap((resource) =>
    actions
      .filter((action) => knows(action, resource))
      .map((action) => ({ action: `glue:${action}`, resource: at("glue", resource) })),
  );

const knows = (action: string, resource: string): boolean =>
  action !== "GetDatabase" || !resource.startsWith("table/");

export const onItems = (table: string, actions: readonly string[], keys?: string[]): Request[] => [
  ...actions.map((action) => ({
    action: `dynamodb:${action}`,
    resource: at("dynamodb", `table/${table}`),
    ...(keys === undefined ? {} : { context: { "dynamodb:LeadingKeys": keys } }),
  })),
  onKey("Decrypt", "dynamodb"),
];
