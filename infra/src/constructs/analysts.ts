/** Where analysts work: Athena's workgroup with the pipelines' named queries, and a role that may read, no more. */

import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query/index.js";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import type { Environment } from "@penstock/lake/names.ts";
import type { NamedQuery } from "@penstock/workflows/pipeline.ts";
import { Construct } from "constructs";
import type { PolicyDocument } from "../access/policy-document.ts";
import { literal } from "../literal.ts";

export interface AnalystsProps {
  readonly environment: Environment;
  readonly workGroup: string;
  readonly database: string;
  /** Where results go: a bucket whose objects expire. */
  readonly resultsBucket: string;
  readonly keyArn: string;
  /** A query that would scan more is stopped. @default 10 */
  readonly scannedGb?: number;
  readonly policy: PolicyDocument;
  /** ARNs that may take the role. @default those whom the account's own policies let */
  readonly principals?: readonly string[];
  /** The named queries, by pipeline. */
  readonly queries: Readonly<Record<string, Readonly<Record<string, NamedQuery>>>>;
  /** Whether the workgroup may be destroyed with its history. @default false */
  readonly allowDestroy?: boolean;
}

export class Analysts extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: AnalystsProps) {
    super(scope, id);
    const workgroup = new AthenaWorkgroup(this, "workgroup", {
      name: props.workGroup,
      description: `Queries over ${props.database}`,
      forceDestroy: props.allowDestroy ?? false,
      configuration: {
        // nobody's own settings: results stay encrypted, and in this bucket
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round((props.scannedGb ?? 10) * 1e9),
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${props.resultsBucket}/`,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: props.keyArn },
        },
      },
    });
    for (const [pipeline, queries] of Object.entries(props.queries)) {
      for (const [name, { sql, description }] of Object.entries(queries)) {
        new AthenaNamedQuery(this, `${pipeline}-${name}`, {
          name,
          description: literal(`${pipeline}: ${description}`.slice(0, 1024)),
          workgroup: workgroup.name,
          database: props.database,
          query: literal(sql),
        });
      }
    }
    this.roleArn = this.role(props);
  }

  private role({ environment, principals = [], policy }: AnalystsProps): string {
    const AWS = principals.length === 0 ? `arn:aws:iam::${environment.account}:root` : principals;
    const role = new IamRole(this, "role", {
      name: `penstock-${environment.name}-analysts`,
      description: "Reads the curated tables through Athena",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }],
      }),
    });
    new IamRolePolicy(this, "policy", { name: "access", role: role.name, policy: JSON.stringify(policy) });
    return role.arn;
  }
}
