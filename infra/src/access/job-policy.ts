/** The role of the Glue job: what the states that run it declare, the code it runs, its log, its metrics. */

import { bucketArn, logStreamsArn, objectArn } from "@penstock/lake/arns.ts";
import { jobLogGroups, jobLogPrefix } from "@penstock/lake/log-groups.ts";
import { bucketNames, pipelineNames } from "@penstock/lake/names.ts";
import { declaredGrants } from "./declared.ts";
import { decrypt } from "./encryption-key.ts";
import { policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { jobMetrics } from "./without-resource.ts";

export function jobPolicy(place: PipelinePlace): PolicyDocument {
  const { environment, pipeline } = place;
  const { job } = pipelineNames(environment, pipeline.name);
  const { code } = bucketNames(environment);
  return policyOf([
    ...declaredGrants((task) => task.kind === "glueJob", place),
    // Glue fetches script, runtime and jars by the job's role
    { name: "Read", actions: ["s3:GetObject"], resources: [objectArn(code, "*")] },
    { name: "ListCode", actions: ["s3:ListBucket"], resources: [bucketArn(code)] },
    decrypt("s3", place),
    {
      // the groups are made with the job, so that they go with it; Glue wants to make them all the same
      name: "WriteLog",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: Object.values(jobLogGroups(jobLogPrefix(job))).map((group) =>
        logStreamsArn(environment, group),
      ),
    },
    jobMetrics,
  ]);
}
