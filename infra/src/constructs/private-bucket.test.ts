import { describe, expect, test } from "@jest/globals";
import { keyArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { PrivateBucket, type PrivateBucketProps } from "./private-bucket.ts";

const bucket = (props: Partial<PrivateBucketProps> = {}) =>
  made((scope) => {
    new PrivateBucket(scope, "bucket", { name: "things", keyArn, accessLogs: null, ...props });
  });

describe("by itself a bucket", () => {
  const made = bucket();

  test("is closed to the public, and all in it is the account's", () => {
    expect(made.one("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(made.one("aws_s3_bucket_ownership_controls")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  test("is encrypted with the key, whose calls are saved by a key of the bucket's own", () => {
    expect(made.one("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: keyArn },
        bucket_key_enabled: true,
      },
    ]);
  });

  test("takes no request without TLS", () => {
    expect(json(made.one("aws_s3_bucket_policy"), "policy").Statement).toEqual([
      {
        Sid: "RefuseWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::things", "arn:aws:s3:::things/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("keeps what was replaced for 30 days, and nothing of what was never finished", () => {
    expect(made.one("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(made.one("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      expect.objectContaining({
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      }),
    ]);
  });

  test("is not destroyed by Terraform, least of all with what is in it", () => {
    expect(made.one("aws_s3_bucket")).toMatchObject({
      bucket: "things",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });
});

test("with allowDestroy it goes, and what is in it", () => {
  expect(bucket({ allowDestroy: true }).one("aws_s3_bucket")).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("without a key it has S3's own", () => {
  const rule = bucket({ keyArn: null }).one("aws_s3_bucket_server_side_encryption_configuration")["rule"];
  expect(rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
  ]);
});

test("replaced versions can stay for good, or not long", () => {
  expect(bucket({ replacedDays: null }).all("aws_s3_bucket_lifecycle_configuration")).toEqual([]);
  expect(bucket({ replacedDays: 1 }).one("aws_s3_bucket_lifecycle_configuration")["rule"]).toMatchObject([
    { noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
  ]);
});

test("what is below a prefix expires, each rule by a name of its own", () => {
  const expire = [
    { prefix: "a/b/", days: 3 },
    { prefix: "", days: 9 },
  ];
  expect(bucket({ replacedDays: null, expire }).one("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual(
    [
      { id: "expire-a-b", status: "Enabled", filter: [{ prefix: "a/b/" }], expiration: [{ days: 3 }] },
      { id: "expire-all", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 9 }] },
    ],
  );
});

test("its policy has the statements that are asked for besides", () => {
  const statement = { Sid: "More", Effect: "Allow" };
  const { Statement } = json(bucket({ statements: [statement] }).one("aws_s3_bucket_policy"), "policy");
  expect(Statement).toEqual([expect.objectContaining({ Sid: "RefuseWithoutTls" }), statement]);
});

test("who reads it is written down in the bucket of access logs, below its name", () => {
  const both = made((scope) => {
    const accessLogs = new PrivateBucket(scope, "logs", { name: "logs", keyArn: null, accessLogs: null });
    new PrivateBucket(scope, "bucket", { name: "things", keyArn, accessLogs });
  });
  expect(both.one("aws_s3_bucket_logging")).toMatchObject({
    target_bucket: "logs",
    target_prefix: "things/",
    depends_on: [expect.stringMatching(/^aws_s3_bucket_policy\.logs/)],
  });
});
