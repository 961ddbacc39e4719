import { expect, test } from "@jest/globals";
import { sparkConf } from "./spark-conf.ts";
import { exampleEnvironment } from "./testing/example.ts";

test("jobs write to the environment's catalogue and lake, in UTC, and read what was just committed", () => {
  expect(sparkConf(exampleEnvironment())).toMatchObject({
    "spark.sql.catalog.glue_catalog": "org.apache.iceberg.spark.SparkCatalog",
    "spark.sql.catalog.glue_catalog.catalog-impl": "org.apache.iceberg.aws.glue.GlueCatalog",
    "spark.sql.catalog.glue_catalog.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
    "spark.sql.catalog.glue_catalog.warehouse": "s3://penstock-dev-lake-111111111111-eu-west-1/warehouse",
    "spark.sql.catalog.glue_catalog.cache-enabled": "false",
    "spark.sql.session.timeZone": "UTC",
  });
});

test("Delta's extension comes first", () => {
  expect(sparkConf(exampleEnvironment())["spark.sql.extensions"]).toMatch(
    /^io\.delta\..*,org\.apache\.iceberg\./,
  );
});

test("no value has a space, which would end Glue's argument", () => {
  for (const value of Object.values(sparkConf(exampleEnvironment()))) expect(value).not.toMatch(/\s/);
});
