/** The ARNs of what `names.ts` names, where a policy or a trigger has to tell it from everything else in AWS. */

import { type Environment, sharedNames } from "./names.ts";

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

/** Objects by key or pattern of keys: `raw/shop/*`. */
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`;

/** A table of DynamoDB. */
export const keyValueTableArn = (environment: Environment, name: string): string =>
  arn("dynamodb", environment, `table/${name}`);

export const queueArn = (environment: Environment, name: string): string => arn("sqs", environment, name);

export const jobArn = (environment: Environment, name: string): string =>
  arn("glue", environment, `job/${name}`);

export const workGroupArn = (environment: Environment): string =>
  arn("athena", environment, `workgroup/${sharedNames(environment).workGroup}`);

/** Athena's own name of Glue's catalogue. */
export const dataCatalogArn = (environment: Environment): string =>
  arn("athena", environment, "datacatalog/AwsDataCatalog");

export const catalogArn = (environment: Environment): string => arn("glue", environment, "catalog");

export const databaseArn = (environment: Environment, database: string): string =>
  arn("glue", environment, `database/${database}`);

/** A table of Glue's catalogue. */
export const catalogTableArn = (environment: Environment, database: string, table: string): string =>
  arn("glue", environment, `table/${database}/${table}`);

/** A secret by its name, as a pattern: Secrets Manager adds six characters of its own. */
export const secretArn = (environment: Environment, name: string): string =>
  arn("secretsmanager", environment, `secret:${name}-??????`);

/** The streams of a log group, or of all whose names a pattern matches. */
export const logStreamsArn = (environment: Environment, group: string): string =>
  arn("logs", environment, `log-group:${group}:*`);

function arn(service: string, { region, account }: Environment, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}
