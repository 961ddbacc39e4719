/** All the rest, derived from the pipelines' folders: jobs, functions, state machines, triggers, alarms, queries. */

import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias/index.js";
import { GlueSecurityConfiguration } from "@cdktf/provider-aws/lib/glue-security-configuration/index.js";
import { bucketNames, sharedNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { type Construct, Construct as Scope } from "constructs";
import { analystsPolicy, isOpen } from "../access/analysts-policy.ts";
import type { Code } from "../code.ts";
import type { EnvironmentConfig } from "../config.ts";
import { Analysts } from "../constructs/analysts.ts";
import { Budget } from "../constructs/budget.ts";
import { JobCode } from "../constructs/job-code.ts";
import { Notifications } from "../constructs/notifications.ts";
import { PipelineOnAws } from "../constructs/pipeline-on-aws.ts";
import { QuickSight } from "../constructs/quick-sight.ts";
import { apiUrlsOutput } from "../stack-names.ts";
import { EnvironmentStack } from "./environment-stack.ts";

export class PipelinesStack extends EnvironmentStack {
  constructor(scope: Construct, environment: EnvironmentConfig, pipelines: readonly Pipeline[], code: Code) {
    super(scope, "pipelines", environment);
    const shared = sharedNames(environment);
    const buckets = bucketNames(environment);
    // by its name: a reference to another stack's state would tie the two together
    const { targetKeyArn: keyArn } = new DataAwsKmsAlias(this, "key", { name: shared.keyAlias });
    const { arn: alarmsArn } = new Notifications(this, "alarms", {
      name: shared.alarms,
      environment,
      keyArn,
      emails: environment.emails,
      publishers: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"],
    });
    if (environment.monthlyBudgetUsd !== null) {
      new Budget(this, "budget", {
        name: `penstock-${environment.name}`,
        monthlyUsd: environment.monthlyBudgetUsd,
        topicArn: alarmsArn,
      });
    }
    new Analysts(this, "analysts", {
      environment,
      workGroup: shared.workGroup,
      database: shared.database,
      resultsBucket: buckets.queryResults,
      keyArn,
      scannedGb: environment.queries.scannedGbPerQuery,
      policy: analystsPolicy(pipelines, environment, { keyArn }),
      principals: environment.analysts,
      queries: Object.fromEntries(pipelines.map(({ name, queries }) => [name, queries.named])),
      allowDestroy: environment.allowDestroy,
    });
    if (environment.quickSight !== null) {
      new QuickSight(this, "quick-sight", {
        name: `penstock-${environment.name}`,
        workGroup: shared.workGroup,
        database: shared.database,
        datasets: pipelines.flatMap(({ datasets }) => datasets).filter(isOpen),
        owner: environment.quickSight.owner,
      });
    }
    const { name: securityConfiguration } = new GlueSecurityConfiguration(this, "job-security", {
      name: `penstock-${environment.name}`,
      encryptionConfiguration: {
        // its log groups are made, and encrypted, with each job; Glue would give others names of its own
        cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: keyArn },
        s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: keyArn },
      },
    });
    const jobCode = new JobCode(this, "job-code", {
      bucket: buckets.code,
      runtime: code.runtime,
      jars: code.jars,
    });
    // below a part of their own, where a pipeline may be called as anything of the stack is
    const parts = new Scope(this, "pipelines");
    const urls: Record<string, string> = {};
    for (const pipeline of pipelines) {
      const { apiUrl } = new PipelineOnAws(parts, pipeline.name, {
        pipeline,
        environment,
        keyArn,
        alarmsArn,
        securityConfiguration,
        jobCode,
        bundle: (app) => code.bundle(app, pipeline.name),
        script: code.script(pipeline.name),
      });
      if (apiUrl !== null) urls[pipeline.name] = apiUrl;
    }
    // not by TerraformOutput, with which Node warns of what CDKTF still calls (DEP0044)
    this.addOverride(`output.${apiUrlsOutput}`, {
      description: "Where the pipelines' HTTP APIs answer, by pipeline",
      value: urls,
    });
  }
}
