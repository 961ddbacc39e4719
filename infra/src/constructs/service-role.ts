/** The role that one service takes for one thing, with the policies that say what it may do. */

import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";
import { managedPolicies } from "../access/managed-policies.ts";
import type { PolicyDocument } from "../access/policy-document.ts";

export interface ServiceRoleProps {
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly description: string;
  /** Who takes it, such as `lambda.amazonaws.com`. */
  readonly service: string;
  readonly environment: Environment;
  readonly policy: PolicyDocument;
}

export class ServiceRole extends Construct {
  readonly arn: string;
  /** What a user of the role waits for: without its policies it may do nothing. */
  readonly policies: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: JSON.stringify(trust(props)),
    });
    this.policies = managedPolicies(props.policy).map((document, index) => {
      const { arn } = new IamPolicy(this, `policy-${index + 1}`, {
        name: `${props.name}-${index + 1}`,
        description: props.description,
        policy: JSON.stringify(document),
      });
      return new IamRolePolicyAttachment(this, `access-${index + 1}`, { role: role.name, policyArn: arn });
    });
    this.arn = role.arn;
  }
}

/** The service may take it for this account's own resources alone (the "confused deputy" problem). */
function trust({ service, environment }: ServiceRoleProps) {
  // Glue and Lambda take a role without saying for whom
  const says = !["glue.amazonaws.com", "lambda.amazonaws.com"].includes(service);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(says ? { Condition: { StringEquals: { "aws:SourceAccount": environment.account } } } : {}),
      },
    ],
  };
}
