/** What every stack of an environment has: its state in the environment's bucket, and the provider with its tags. */

import { AwsProvider, type AwsProviderEndpoints } from "@cdktf/provider-aws/lib/provider/index.js";
import { bucketNames } from "@penstock/lake/names.ts";
import { S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config.ts";
import type { StackName } from "../stack-names.ts";

/** What a stack is called, and its folder below `stacks/`. */
export const stackId = (environment: string, stack: StackName): string => `${environment}-${stack}`;

export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, name: StackName, environment: EnvironmentConfig) {
    super(scope, stackId(environment.name, name));
    const { account, region, endpoint } = environment;
    new S3Backend(this, {
      bucket: bucketNames(environment).state,
      key: `${name}.tfstate`,
      region,
      encrypt: true,
      ...(endpoint === null ? {} : emulatedBackend(endpoint)),
    });
    // a lock file beside the state, by S3's conditional writes: no table of locks
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    this.addOverride("terraform.required_version", ">= 1.10");
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: { project: "penstock", environment: environment.name } }],
      ...(endpoint === null ? {} : emulatedProvider(endpoint)),
    });
  }
}

const credentials = { accessKey: "test", secretKey: "test" };

function emulatedBackend(endpoint: string) {
  return {
    ...credentials,
    endpoints: { s3: endpoint, iam: endpoint, sts: endpoint },
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRequestingAccountId: true,
    skipRegionValidation: true,
  };
}

/** The services that the stacks are made of, by the provider's names. */
const services = [
  "apigatewayv2",
  "athena",
  "budgets",
  "cloudwatch",
  "cloudwatchevents",
  "cloudwatchlogs",
  "dynamodb",
  "glue",
  "iam",
  "kms",
  "lambda",
  "quicksight",
  "s3",
  "scheduler",
  "secretsmanager",
  "sfn",
  "sns",
  "sqs",
  "sts",
] as const satisfies readonly (keyof AwsProviderEndpoints)[];

function emulatedProvider(endpoint: string) {
  return {
    ...credentials,
    endpoints: [Object.fromEntries(services.map((service) => [service, endpoint]))],
    s3UsePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
    // a fault of the emulation is told at once, rather than after minutes
    maxRetries: 2,
  };
}
