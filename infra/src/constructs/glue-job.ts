/** A Glue job: a pipeline's generated script on Glue 5.1, with the project's runtime beside it. */

import { GlueJob as AwsGlueJob } from "@cdktf/provider-aws/lib/glue-job/index.js";
import { jobLogGroups, jobLogPrefix } from "@penstock/lake/log-groups.ts";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";
import type { PolicyDocument } from "../access/policy-document.ts";
import { LogGroup } from "./log-group.ts";
import { ServiceRole } from "./service-role.ts";

export interface GlueJobProps {
  readonly name: string;
  readonly description: string;
  readonly environment: Environment;
  readonly policy: PolicyDocument;
  /** URLs in S3. */
  readonly script: string;
  /** A zip of Python packages. */
  readonly pythonFiles: string;
  readonly jars: readonly string[];
  /** Spark's settings by name. */
  readonly sparkConf: Readonly<Record<string, string>>;
  readonly keyArn: string;
  /** What encrypts what it writes: the name of a security configuration. */
  readonly securityConfiguration: string;
  /** @default "G.1X" */
  readonly workerType?: string;
  /** Workers when whoever starts it says nothing. @default 2, Glue's least */
  readonly workers?: number;
  /** @default 120 */
  readonly timeoutMinutes?: number;
  /** Spare capacity for less money, later. @default false */
  readonly flex?: boolean;
  /** @default 30 */
  readonly logRetentionDays?: number;
}

export class GlueJob extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: GlueJobProps) {
    super(scope, id);
    const role = new ServiceRole(this, "role", {
      name: `${props.name}-job`,
      description: `The Glue job ${props.name}`,
      service: "glue.amazonaws.com",
      environment: props.environment,
      policy: props.policy,
    });
    const prefix = jobLogPrefix(props.name);
    const logs = Object.entries(jobLogGroups(prefix)).map(
      ([what, name]) =>
        new LogGroup(this, `${what}-logs`, {
          name,
          keyArn: props.keyArn,
          ...(props.logRetentionDays === undefined ? {} : { retentionDays: props.logRetentionDays }),
        }).group,
    );
    const job = new AwsGlueJob(this, "job", {
      name: props.name,
      description: props.description,
      roleArn: role.arn,
      glueVersion: "5.1",
      command: { name: "glueetl", pythonVersion: "3", scriptLocation: props.script },
      workerType: props.workerType ?? "G.1X",
      numberOfWorkers: props.workers ?? 2,
      timeout: props.timeoutMinutes ?? 120,
      executionClass: props.flex === true ? "FLEX" : "STANDARD",
      // the state machine tries again, and it alone knows whether a run is still ours
      maxRetries: 0,
      executionProperty: { maxConcurrentRuns: 1 },
      securityConfiguration: props.securityConfiguration,
      defaultArguments: { ...defaultArguments(props), "--custom-logGroup-prefix": prefix },
      dependsOn: [...role.policies, ...logs],
    });
    this.name = job.name;
  }
}

function defaultArguments({ pythonFiles, jars, sparkConf }: GlueJobProps): Record<string, string> {
  return {
    "--job-language": "python",
    "--extra-py-files": pythonFiles,
    "--extra-jars": jars.join(","),
    // ours beside those that Glue brings of the same name
    "--user-jars-first": "true",
    "--datalake-formats": "iceberg,delta",
    // one argument whose value goes on with the next: that is how Glue takes several
    "--conf": Object.entries(sparkConf)
      .map(([name, value]) => `${name}=${value}`)
      .join(" --conf "),
    // the runs' own ledger knows what has been read
    "--job-bookmark-option": "job-bookmark-disable",
    "--enable-metrics": "true",
    "--enable-observability-metrics": "true",
  };
}
