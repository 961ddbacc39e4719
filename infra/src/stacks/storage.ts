/** What must outlive every deploy: the lake, its catalogue, the ledger, the lookups, the series, the key. */

import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database/index.js";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret/index.js";
import { bucketNames, lakeUrl, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { figuresTable, ledgerTable, lookupTable, seriesTable } from "@penstock/lake/tables.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { type Construct, Construct as Scope } from "constructs";
import type { EnvironmentConfig } from "../config.ts";
import { DatasetTables } from "../constructs/dataset-tables.ts";
import { EncryptionKey } from "../constructs/encryption-key.ts";
import { KeyValueTable } from "../constructs/key-value-table.ts";
import { LakeBucket } from "../constructs/lake-bucket.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import { tagPipeline } from "../tag-pipeline.ts";
import { EnvironmentStack } from "./environment-stack.ts";

export class StorageStack extends EnvironmentStack {
  constructor(scope: Construct, environment: EnvironmentConfig, pipelines: readonly Pipeline[]) {
    super(scope, "storage", environment);
    const { allowDestroy, retentionDays } = environment;
    const shared = sharedNames(environment);
    const buckets = bucketNames(environment);
    const { arn: keyArn } = new EncryptionKey(this, "key", {
      environment,
      alias: shared.keyAlias,
      allowDestroy,
    });
    const accessLogs = new PrivateBucket(this, "access-logs", {
      name: buckets.accessLogs,
      // S3 delivers access logs to no bucket that is encrypted with a key of ours
      keyArn: null,
      accessLogs: null,
      allowDestroy,
      expire: [{ prefix: "", days: 400 }],
      statements: [accessLogDelivery(environment)],
    });
    const own = { keyArn, accessLogs, allowDestroy };
    new LakeBucket(this, "lake", { ...own, name: buckets.lake, retentionDays });
    new PrivateBucket(this, "code", { ...own, name: buckets.code, replacedDays: retentionDays.replaced });
    new PrivateBucket(this, "query-results", {
      ...own,
      name: buckets.queryResults,
      replacedDays: 1,
      expire: [{ prefix: "", days: retentionDays.queryResults }],
    });
    new KeyValueTable(this, "ledger", { table: ledgerTable(shared.ledger), keyArn, allowDestroy });
    new SecretsmanagerSecret(this, "pseudonym-key", {
      name: shared.pseudonymSecret,
      description: "The key of pseudonyms; its value is put by the deploy, never by Terraform",
      kmsKeyId: keyArn,
      recoveryWindowInDays: allowDestroy ? 0 : 30,
      lifecycle: { preventDestroy: !allowDestroy },
    });
    const database = new GlueCatalogDatabase(this, "database", {
      name: shared.database,
      description: `Penstock's tables in ${environment.name}`,
      locationUri: `${lakeUrl(environment)}warehouse/${shared.database}`,
      lifecycle: { preventDestroy: !allowDestroy },
    });
    // below a part of their own, where a pipeline may be called as anything of the stack is
    const parts = new Scope(this, "pipelines");
    for (const pipeline of pipelines) {
      const part = new Scope(parts, pipeline.name);
      tagPipeline(part, pipeline.name);
      for (const dataset of pipeline.datasets) {
        new DatasetTables(part, dataset.name, {
          dataset,
          database: database.name,
          lakeUrl: lakeUrl(environment),
          allowDestroy,
        });
      }
      for (const { key } of pipeline.lookups) {
        const table = lookupTable(pipelineNames(environment, pipeline.name).lookup(key), key);
        new KeyValueTable(part, `lookup-${key}`, { table, keyArn, allowDestroy });
      }
      if (pipeline.serves !== undefined) {
        const { dataset, key, time } = pipeline.serves.series;
        const own = pipelineNames(environment, pipeline.name);
        const tables = {
          [`series-${dataset}`]: seriesTable(own.series(dataset), { key, time }),
          [`figures-${dataset}`]: figuresTable(own.figures(dataset), key),
        };
        for (const [id, table] of Object.entries(tables)) {
          new KeyValueTable(part, id, { table, keyArn, allowDestroy });
        }
      }
    }
  }
}

function accessLogDelivery(environment: EnvironmentConfig) {
  return {
    Sid: "AccessLogsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${bucketNames(environment).accessLogs}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": environment.account } },
  };
}
