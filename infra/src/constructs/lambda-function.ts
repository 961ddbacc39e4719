/** A Lambda function: one pipeline's bundle of one app. */

import { LambdaFunction as AwsLambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config/index.js";
import { functionLogGroup } from "@penstock/lake/log-groups.ts";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";
import type { PolicyDocument } from "../access/policy-document.ts";
import { zip } from "../zip.ts";
import type { JobCode } from "./job-code.ts";
import { LogGroup } from "./log-group.ts";
import { ServiceRole } from "./service-role.ts";

export interface LambdaFunctionProps {
  readonly name: string;
  readonly description: string;
  readonly environment: Environment;
  readonly keyArn: string;
  /** The bundle: `index.mjs`, an ES module whose `handler` is called, and what lies beside it. */
  readonly bundle: Readonly<Record<string, Uint8Array>>;
  /** Where its zip is put. */
  readonly code: Pick<JobCode, "place">;
  readonly policy: PolicyDocument;
  /** Its environment variables; never a secret. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where an event goes that it failed on for good, when nobody waits for the answer. */
  readonly deadLettersArn: string;
  /** @default 512 */
  readonly memoryMb?: number;
  /** @default 900, Lambda's most */
  readonly timeoutSeconds?: number;
  /**
   * How many may run at once, out of the account's share.
   *
   * @default null: none is set aside, since a new account has ten in all and may give none away
   */
  readonly reservedConcurrency?: number | null;
  /** @default 30 */
  readonly logRetentionDays?: number;
}

export class LambdaFunction extends Construct {
  readonly arn: string;
  /** Known to Terraform only once the function is there, so that what uses it waits. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const logs = new LogGroup(this, "logs", {
      name: functionLogGroup(props.name),
      keyArn: props.keyArn,
      ...(props.logRetentionDays === undefined ? {} : { retentionDays: props.logRetentionDays }),
    });
    const role = new ServiceRole(this, "role", {
      name: props.name,
      description: `The function ${props.name}`,
      service: "lambda.amazonaws.com",
      environment: props.environment,
      policy: props.policy,
    });
    // by the bucket: of functions whose zip is uploaded with them, the provider makes one after the other
    const code = props.code.place(this, `${props.name}.zip`, zip(props.bundle));
    const { reservedConcurrency = null } = props;
    const made = new AwsLambdaFunction(this, "function", {
      functionName: props.name,
      description: props.description,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      s3Bucket: code.bucket,
      s3Key: code.key,
      sourceCodeHash: code.sha256,
      role: role.arn,
      memorySize: props.memoryMb ?? 512,
      timeout: props.timeoutSeconds ?? 900,
      ...(reservedConcurrency === null ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      environment: { variables: { ...props.settings } },
      kmsKeyArn: props.keyArn,
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "Text", logGroup: logs.name },
      dependsOn: [...role.policies],
    });
    new LambdaFunctionEventInvokeConfig(this, "unattended", {
      functionName: made.functionName,
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: props.deadLettersArn } },
    });
    this.arn = made.arn;
    this.name = made.functionName;
  }
}
