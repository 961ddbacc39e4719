/** A bucket that nobody but the account can reach, encrypted, versioned, over TLS alone. */

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { Construct } from "constructs";
import { refuseWithoutTls } from "../access/refuse-without-tls.ts";

/** How long the objects below a prefix stay. */
export interface Expiry {
  readonly prefix: string;
  readonly days: number;
}

export interface PrivateBucketProps {
  readonly name: string;
  /** The KMS key's ARN; null for keys that S3 keeps itself, as a bucket of access logs must have. */
  readonly keyArn: string | null;
  /** Where its access logs go; null for the bucket of access logs. */
  readonly accessLogs: PrivateBucket | null;
  /** Whether it may be destroyed with what is in it. @default false: Terraform refuses to destroy it */
  readonly allowDestroy?: boolean;
  /** @default none: objects stay */
  readonly expire?: readonly Expiry[];
  /** Days that a replaced or deleted version stays; null for good. @default 30 */
  readonly replacedDays?: number | null;
  /** Statements besides the one that refuses requests without TLS. @default none */
  readonly statements?: readonly object[];
}

export class PrivateBucket extends Construct {
  readonly name: string;
  readonly bucket: S3Bucket;
  private readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { allowDestroy = false, keyArn } = props;
    this.name = props.name;
    this.bucket = new S3Bucket(this, "bucket", {
      bucket: props.name,
      forceDestroy: allowDestroy,
      lifecycle: { preventDestroy: !allowDestroy },
    });
    const bucket = this.bucket.id;
    const closed = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            keyArn === null
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: keyArn !== null,
        },
      ],
    });
    const versions = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const rule = lifecycleRules(props);
    if (rule.length > 0) {
      new S3BucketLifecycleConfiguration(this, "lifecycle", { bucket, rule, dependsOn: [versions] });
    }
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: JSON.stringify(bucketPolicy(props)),
      dependsOn: [closed],
    });
    if (props.accessLogs !== null) {
      new S3BucketLoggingA(this, "access-logs", {
        bucket,
        targetBucket: props.accessLogs.name,
        targetPrefix: `${props.name}/`,
        // S3 asks whether it may write there
        dependsOn: [props.accessLogs.policy],
      });
    }
  }
}

function lifecycleRules(props: PrivateBucketProps): S3BucketLifecycleConfigurationRule[] {
  const { replacedDays = 30 } = props;
  const replaced = (noncurrentDays: number): S3BucketLifecycleConfigurationRule => ({
    id: "replaced-and-unfinished",
    status: "Enabled",
    filter: [{ prefix: "" }],
    noncurrentVersionExpiration: [{ noncurrentDays }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    expiration: [{ expiredObjectDeleteMarker: true }],
  });
  const expired = (props.expire ?? []).map(
    ({ prefix, days }): S3BucketLifecycleConfigurationRule => ({
      id: `expire-${prefix.replaceAll("/", "-").replace(/-$/, "") || "all"}`,
      status: "Enabled",
      filter: [{ prefix }],
      expiration: [{ days }],
    }),
  );
  return [...(replacedDays === null ? [] : [replaced(replacedDays)]), ...expired];
}

function bucketPolicy({ name, statements = [] }: PrivateBucketProps) {
  return {
    Version: "2012-10-17",
    Statement: [refuseWithoutTls("s3:*", [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]), ...statements],
  };
}
