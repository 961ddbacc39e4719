/** What every stack of an environment has: its state in the environment's bucket, and the provider with its tags. */

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
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
      ...(endpoint === null ? {} : emulatedProvider()),
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

/**
 * Where AWS is, the provider reads from AWS_ENDPOINT_URL. It could be told here, service by service, but takes seconds of
 * CPU to check such a block, two or three times in each command.
 */
function emulatedProvider() {
  return {
    ...credentials,
    s3UsePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
    // a fault of the emulation is told at once, rather than after minutes
    maxRetries: 2,
  };
}
