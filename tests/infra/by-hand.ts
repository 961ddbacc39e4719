/** What somebody does to a deployed environment past Terraform and Penstock. */

import { setTimeout } from "node:timers/promises";
import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Column, GetTableCommand, GlueClient, UpdateTableCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import type { StackName } from "@penstock/infra/stack-names.ts";
import { bucketNames, type Environment, sharedNames } from "@penstock/lake/names.ts";
import { openObjects, writeJson } from "@penstock/lake/objects.ts";
import { s3Client } from "@penstock/lake/s3-objects.ts";

/** Leaves the lock of a deploy that was cut off before it had done anything, under an id. */
export async function lockState(environment: Environment, stack: StackName, ID: string): Promise<void> {
  const { state } = bucketNames(environment);
  const where = { LocationConstraint: environment.region as "eu-central-1" };
  await s3Client().send(new CreateBucketCommand({ Bucket: state, CreateBucketConfiguration: where }));
  const lock = {
    ID,
    Operation: "OperationTypeApply",
    Who: "somebody@elsewhere",
    Created: "2026-11-20T08:00:00Z",
  };
  await writeJson(openObjects(`s3://${state}/`), `${stack}.tfstate.tflock`, lock);
}

/** Waits until somebody has made the bucket. @throws Error when that takes minutes */
export async function untilBucket(bucket: string): Promise<void> {
  for (const end = Date.now() + 200_000; Date.now() < end; await setTimeout(200)) {
    if (await isBucketThere(bucket)) return;
  }
  throw new Error(`there is no bucket ${bucket}`);
}

async function isBucketThere(Bucket: string): Promise<boolean> {
  try {
    await s3Client().send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") return false;
    throw error;
  }
}

export async function deleteLogGroup(logGroupName: string): Promise<void> {
  await new CloudWatchLogsClient().send(new DeleteLogGroupCommand({ logGroupName }));
}

/**
 * Takes a column out of a table in Glue's catalogue; an Iceberg table's own metadata still has it.
 *
 * @returns what puts it back
 */
export async function dropColumn(
  environment: Environment,
  table: string,
  column: string,
): Promise<() => Promise<void>> {
  const glue = new GlueClient();
  const of = { DatabaseName: sharedNames(environment).database };
  const { Table } = await glue.send(new GetTableCommand({ ...of, Name: table }));
  const { Description, Owner, Retention, PartitionKeys, TableType, Parameters, StorageDescriptor } =
    Table ?? {};
  const kept = { Name: table, Description, Owner, Retention, PartitionKeys, TableType, Parameters };
  const put = async (Columns: readonly Column[] | undefined): Promise<void> => {
    const TableInput = {
      ...kept,
      StorageDescriptor: { ...StorageDescriptor, Columns: [...(Columns ?? [])] },
    };
    await glue.send(new UpdateTableCommand({ ...of, TableInput }));
  };
  await put(StorageDescriptor?.Columns?.filter((each) => each.Name !== column));
  return () => put(StorageDescriptor?.Columns);
}
