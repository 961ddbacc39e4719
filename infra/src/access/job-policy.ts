/** The role of the Glue job: what the states that run it declare, the code it runs, its log, its metrics. */

import { bucketArn, logStreamsArn, objectArn } from "@penstock/lake/arns.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import { declaredGrants } from "./declared.ts";
import { decrypt } from "./encryption-key.ts";
import { policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { jobMetrics } from "./without-resource.ts";

export function jobPolicy(place: PipelinePlace): PolicyDocument {
  const { environment } = place;
  const { code } = bucketNames(environment);
  return policyOf([
    ...declaredGrants((task) => task.kind === "glueJob", place),
    // Glue fetches script, runtime and jars by the job's role
    { name: "Read", actions: ["s3:GetObject"], resources: [objectArn(code, "*")] },
    { name: "ListCode", actions: ["s3:ListBucket"], resources: [bucketArn(code)] },
    decrypt("s3", place),
    {
      // the account has these groups for all Glue jobs together, and the first of them makes them
      name: "WriteLog",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logStreamsArn(environment, "/aws-glue/jobs/*")],
    },
    jobMetrics,
  ]);
}
