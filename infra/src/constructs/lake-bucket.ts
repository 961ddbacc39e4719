/** The lake's bucket: each zone with its own lifecycle, and an event for every object. */

import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification/index.js";
import { Construct } from "constructs";
import type { EnvironmentConfig } from "../config.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface LakeBucketProps {
  readonly name: string;
  readonly keyArn: string;
  readonly accessLogs: PrivateBucket;
  /** @default false */
  readonly allowDestroy?: boolean;
  /** How long what is no table stays; raw files and tables stay for good, cleaned rows are maintenance's. */
  readonly retentionDays: EnvironmentConfig["retentionDays"];
}

export class LakeBucket extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { retentionDays, ...props }: LakeBucketProps) {
    super(scope, id);
    const { rejected, archive, runs, replaced } = retentionDays;
    const { name, bucket } = new PrivateBucket(this, "bucket", {
      ...props,
      replacedDays: replaced,
      expire: [
        { prefix: "rejected/", days: rejected },
        { prefix: "archive/", days: archive },
        { prefix: "runs/", days: runs },
      ],
    });
    new S3BucketNotification(this, "events", { bucket: bucket.id, eventbridge: true });
    this.name = name;
  }
}
