/** Spark's settings of a job on AWS: those of the laptop that results rest on, with AWS's catalogue and storage. */

import { type Environment, lakeUrl, sharedNames } from "@penstock/lake/names.ts";

export function sparkConf(environment: Environment): Readonly<Record<string, string>> {
  const catalog = `spark.sql.catalog.${sharedNames(environment).catalog}`;
  return {
    // Delta first: the other way round a Delta UPDATE throws
    "spark.sql.extensions":
      "io.delta.sql.DeltaSparkSessionExtension,org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    [catalog]: "org.apache.iceberg.spark.SparkCatalog",
    [`${catalog}.catalog-impl`]: "org.apache.iceberg.aws.glue.GlueCatalog",
    [`${catalog}.io-impl`]: "org.apache.iceberg.aws.s3.S3FileIO",
    [`${catalog}.warehouse`]: `${lakeUrl(environment)}warehouse`,
    // a cached table would hide what an earlier step has committed
    [`${catalog}.cache-enabled`]: "false",
    "spark.sql.session.timeZone": "UTC",
  };
}
