/** What would be lost with it, by Terraform's types. */
export const stateful = [
  "aws_dynamodb_table",
  "aws_glue_catalog_database",
  "aws_glue_catalog_table",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
] as const;
