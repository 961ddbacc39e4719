/** What no role of a pipeline may do: what is another's, and what is nobody's. */

import { string } from "@penstock/contracts/column.ts";
import { dataset } from "@penstock/contracts/dataset.ts";
import type { Access } from "@penstock/workflows/access.ts";
import type { Request } from "./ask.ts";
import { readRequests, writeRequests } from "./declared-requests.ts";
import { type Asker, at, bucket, keyArn, onItems } from "./example.ts";

/** Every kind of access, of these names. */
export function everyAccess(name: string): Access[] {
  return [
    { kind: "objects", prefix: `raw/${name}/` },
    { kind: "table", dataset: name },
    { kind: "cleaned", dataset: name },
    { kind: "quarantine", dataset: name },
    { kind: "lookup", key: name },
    { kind: "series", dataset: name },
    { kind: "runs" },
    { kind: "ledger" },
    { kind: "topic" },
    { kind: "queries" },
    { kind: "jobRuns" },
    { kind: "executions" },
    { kind: "secret", secret: "pseudonym-key" },
  ];
}

/** Everything of a pipeline that is not there. */
export function strangersRequests(name: string): Request[] {
  const stranger: Asker = {
    name,
    datasets: [
      dataset(name, {
        description: "Another's.",
        columns: { id: string() },
        primaryKey: ["id"],
        write: { kind: "merge" },
      }),
    ],
  };
  return everyAccess(name).flatMap((access) => [
    ...readRequests(access, stranger),
    ...writeRequests(access, stranger),
  ]);
}

/** What a role of this pipeline might be after, and none has. */
export function forbidden({ name, datasets }: Asker): Request[] {
  const own = `penstock-dev-${name}`;
  const lake = bucket("lake");
  const onLake = (action: string, key: string): Request => ({ action, resource: `${lake}/${key}` });
  return [
    { action: "iam:PassRole", resource: `arn:aws:iam::111111111111:role/${own}` },
    { action: "sts:AssumeRole", resource: `arn:aws:iam::111111111111:role/${own}` },
    // the whole lake
    { action: "s3:ListBucket", resource: lake },
    { action: "s3:ListBucket", resource: lake, context: { "s3:prefix": "" } },
    { action: "s3:ListBucket", resource: lake, context: { "s3:prefix": "raw/" } },
    { action: "s3:DeleteBucket", resource: lake },
    { action: "s3:PutBucketPolicy", resource: lake },
    onLake("s3:GetObject", "x"),
    onLake("s3:DeleteObjectVersion", `runs/${name}/1/report.json`),
    onLake("s3:PutObjectAcl", `runs/${name}/1/report.json`),
    { action: "s3:PutObject", resource: `${bucket("code")}/jobs/job.py` },
    { action: "s3:GetObject", resource: `${bucket("state")}/terraform.tfstate` },
    { action: "s3:GetObject", resource: `${bucket("access")}/log` },
    // what only begins alike
    onLake("s3:GetObject", `runs/${name}-2/1/report.json`),
    ...datasets.flatMap((each) => [
      onLake("s3:GetObject", `warehouse/penstock_dev/${each.name}_2/x`),
      onLake("s3:GetObject", `warehouse/penstock_prod/${each.name}/x`),
      { action: "glue:GetTable", resource: at("glue", `table/penstock_prod/${each.name}`) },
      { action: "glue:GetTable", resource: at("glue", `table/penstock_dev/${each.name}_2`) },
      { action: "glue:DeleteTable", resource: at("glue", `table/penstock_dev/${each.name}`) },
    ]),
    ...datasets.flatMap((each) => {
      const rows = `${own}-${each.name.replaceAll("_", "-")}`;
      return [
        // all of a series at once, what only one of its two tables is for, and its index under another name
        ...onItems(rows, ["Scan", "GetItem", "BatchGetItem", "UpdateItem"]).slice(0, -1),
        ...onItems(`${rows}-figures`, ["Scan", "Query", "BatchWriteItem", "UpdateItem"]).slice(0, -1),
        { action: "dynamodb:Query", resource: at("dynamodb", `table/${rows}/index/other`) },
        { action: "dynamodb:Scan", resource: at("dynamodb", `table/${rows}/index/anomalies`) },
        { action: "dynamodb:DeleteTable", resource: at("dynamodb", `table/${rows}`) },
      ];
    }),
    { action: "glue:CreateDatabase", resource: at("glue", "catalog") },
    { action: "glue:UpdateJob", resource: at("glue", `job/${own}`) },
    { action: "glue:StartJobRun", resource: at("glue", `job/${own}-2`) },
    // the ledger without its key, all of it, and with another's key besides
    ...onItems("penstock-dev-ledger", ["GetItem", "Query", "PutItem", "Scan"]).slice(0, -1),
    ...onItems("penstock-dev-ledger", ["Query", "PutItem"], [name, "another"]).slice(0, -1),
    ...onItems("penstock-dev-ledger", ["DeleteItem", "UpdateItem"], [name]).slice(0, -1),
    { action: "secretsmanager:GetSecretValue", resource: at("secretsmanager", "secret:other-aB3xY9") },
    {
      action: "secretsmanager:PutSecretValue",
      resource: at("secretsmanager", "secret:penstock-dev-pseudonym-key-aB3xY9"),
    },
    // the key by itself, through a service that nobody uses, and what would undo it
    { action: "kms:Decrypt", resource: keyArn },
    { action: "kms:Decrypt", resource: keyArn, context: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
    { action: "kms:ScheduleKeyDeletion", resource: keyArn },
    {
      action: "kms:Decrypt",
      resource: at("kms", "key/another"),
      context: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
    },
    { action: "sns:Subscribe", resource: at("sns", own) },
    { action: "sqs:ReceiveMessage", resource: at("sqs", `${own}-dead-letters`) },
    { action: "states:StartExecution", resource: at("states", `stateMachine:${own}-2`) },
    { action: "states:UpdateStateMachine", resource: at("states", `stateMachine:${own}`) },
    { action: "lambda:UpdateFunctionCode", resource: at("lambda", `function:${own}-plan-run`) },
    { action: "athena:StartQueryExecution", resource: at("athena", "workgroup/primary") },
    { action: "athena:DeleteWorkGroup", resource: at("athena", "workgroup/penstock-dev") },
    { action: "logs:PutLogEvents", resource: at("logs", "log-group:/aws/lambda/other:log-stream:s1") },
    { action: "logs:DeleteLogGroup", resource: at("logs", `log-group:/aws/lambda/${own}-plan-run:`) },
    { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": "Other" } },
  ];
}
