import { expect, test } from "@jest/globals";
import { exampleEnvironment, keyArn } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { LakeBucket } from "./lake-bucket.ts";
import { PrivateBucket } from "./private-bucket.ts";

const lake = made((scope) => {
  const accessLogs = new PrivateBucket(scope, "logs", { name: "logs", keyArn: null, accessLogs: null });
  const { retentionDays } = exampleEnvironment({ retentionDays: { rejected: 5, archive: 6, replaced: 7 } });
  new LakeBucket(scope, "lake", { name: "lake", keyArn, accessLogs, retentionDays });
});

test("every object is an event", () => {
  expect(lake.one("aws_s3_bucket_notification")).toMatchObject({ eventbridge: true });
});

test("each zone has its own lifecycle; raw files, tables and quarantine stay", () => {
  const rules = lake.all("aws_s3_bucket_lifecycle_configuration").map(({ rule }) => rule);
  expect(rules).toContainEqual([
    expect.objectContaining({
      filter: [{ prefix: "" }],
      noncurrent_version_expiration: [{ noncurrent_days: 7 }],
      expiration: [{ expired_object_delete_marker: true }],
    }),
    expect.objectContaining({ filter: [{ prefix: "rejected/" }], expiration: [{ days: 5 }] }),
    expect.objectContaining({ filter: [{ prefix: "archive/" }], expiration: [{ days: 6 }] }),
    expect.objectContaining({ filter: [{ prefix: "runs/" }], expiration: [{ days: 400 }] }),
  ]);
});

test("it is a private bucket that Terraform does not destroy", () => {
  expect(lake.all("aws_s3_bucket")).toContainEqual(
    expect.objectContaining({ bucket: "lake", force_destroy: false, lifecycle: { prevent_destroy: true } }),
  );
});
