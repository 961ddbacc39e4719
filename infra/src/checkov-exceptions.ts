/**
 * What checkov finds in the production example and is as it should be. An exception that covers nothing any more
 * fails the test, as does a finding without one.
 */

export interface CheckovException {
  /** checkov's id of the check: https://www.checkov.io/5.Policy%20Index/terraform.html */
  readonly check: string;
  /** What is excepted, by what its address in Terraform begins with. */
  readonly resources: string;
  /** Why it is right as it is. */
  readonly reason: string;
}

export const checkovExceptions: readonly CheckovException[] = [
  {
    check: "CKV2_AWS_57",
    resources: "aws_secretsmanager_secret.pseudonym-key",
    reason: "Another key would give everybody another pseudonym: what is joined by them would fall apart.",
  },
  ...["state", "access-logs", "code", "query-results"].map((bucket) => ({
    check: "CKV2_AWS_62",
    resources: `aws_s3_bucket.${bucket}_`,
    reason:
      "Nobody waits for what is put there; the lake's bucket, which pipelines wait for, has its events.",
  })),
  {
    check: "CKV_AWS_116",
    resources: "aws_lambda_function.pipelines_",
    reason:
      "Their destination on failure is the queue of dead letters, and tells the reason besides the event.",
  },
  {
    check: "CKV_AWS_117",
    resources: "aws_lambda_function.pipelines_",
    reason:
      "They call nothing but AWS, by its public endpoints over TLS; a network of their own would add nothing.",
  },
  {
    check: "CKV_AWS_144",
    resources: "aws_s3_bucket.",
    reason:
      "Versions protect from mistakes; a copy in another region would take personal data out of this one.",
  },
  {
    check: "CKV_AWS_145",
    resources: "aws_s3_bucket.state_",
    reason: "The environment's key goes with the environment, whose state has to be readable after that.",
  },
  {
    check: "CKV_AWS_145",
    resources: "aws_s3_bucket.access-logs_",
    reason: "S3 delivers access logs to no bucket that is encrypted with a key of ours by default.",
  },
  {
    check: "CKV_AWS_18",
    resources: "aws_s3_bucket.access-logs_",
    reason: "A bucket that logs to itself never comes to an end.",
  },
  {
    check: "CKV_AWS_272",
    resources: "aws_lambda_function.pipelines_",
    reason:
      "The deploy builds and uploads the very bundle whose hash is in the plan; nobody else may change it.",
  },
  {
    check: "CKV_AWS_285",
    resources: "aws_sfn_state_machine.pipelines_",
    reason: "All events are logged, but not their data, which may be personal.",
  },
  {
    check: "CKV_AWS_297",
    resources: "aws_scheduler_schedule.pipelines_",
    reason: "A schedule holds an input that is written in this repository: there is nothing to hide.",
  },
  {
    check: "CKV_AWS_61",
    resources: "aws_iam_role.analysts_",
    reason: "The account's own policies say who may take the role, as long as the environment lists nobody.",
  },
  {
    check: "CKV_AWS_99",
    resources: "aws_glue_security_configuration.",
    reason: "The jobs' log groups are made, and encrypted, with the jobs; here Glue would make others.",
  },
];
