/** The environment's KMS key: one for all that is stored, rotated every year. */

import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";

export interface EncryptionKeyProps {
  readonly environment: Environment;
  /** Its alias, with the prefix `alias/`. */
  readonly alias: string;
  /** Whether it may be destroyed, and with it the way to all that is stored. @default false: Terraform refuses to */
  readonly allowDestroy?: boolean;
}

/** Services that encrypt for somebody else, and so are not covered by anyone's own policy. */
const services = [
  // alarms and budgets publish to encrypted topics, rules send to encrypted queues
  "cloudwatch.amazonaws.com",
  "budgets.amazonaws.com",
  "events.amazonaws.com",
  "sns.amazonaws.com",
] as const;

export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { allowDestroy = false } = props;
    const key = new KmsKey(this, "key", {
      description: `What Penstock stores in ${props.environment.name}`,
      enableKeyRotation: true,
      // in which a deleted key can still be brought back: the most and the least that KMS takes
      deletionWindowInDays: allowDestroy ? 7 : 30,
      policy: JSON.stringify(keyPolicy(props.environment)),
      lifecycle: { preventDestroy: !allowDestroy },
    });
    new KmsAlias(this, "alias", { name: props.alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/**
 * Who may use it is decided by the policies of roles, as the account's own statement says; services are let in for
 * this account's resources alone.
 */
export function keyPolicy({ account, region }: Environment) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ByThePoliciesOfRoles",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        // in a key's own policy: this key
        Resource: "*",
      },
      {
        Sid: "ServicesForThisAccount",
        Effect: "Allow",
        Principal: { Service: services },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "LogsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
        },
      },
    ],
  };
}
