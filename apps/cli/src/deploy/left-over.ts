/** What of an environment is left on AWS, by its tags. */

import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { bucketNames, type Environment } from "@penstock/lake/names.ts";

export interface LeftOver {
  /** ARNs, the bucket of Terraform's state not among them: it is meant to stay. */
  readonly left: readonly string[];
  /** Keys that are deleted, and can be brought back until the day. */
  readonly keysPendingDeletion: readonly { readonly arn: string; readonly on: string }[];
}

export async function leftOver(environment: Environment): Promise<LeftOver> {
  const client = new ResourceGroupsTaggingAPIClient();
  const tags = [
    { Key: "project", Values: ["penstock"] },
    { Key: "environment", Values: [environment.name] },
  ];
  const arns: string[] = [];
  for await (const page of paginateGetResources({ client }, { TagFilters: tags })) {
    arns.push(...(page.ResourceTagMappingList ?? []).flatMap(({ ResourceARN }) => ResourceARN ?? []));
  }
  const state = `arn:aws:s3:::${bucketNames(environment).state}`;
  const keys = await Promise.all(arns.filter((arn) => arn.startsWith("arn:aws:kms:")).map(pendingDeletion));
  const keysPendingDeletion = keys.flatMap((key) => key ?? []);
  const going = new Set([state, ...keysPendingDeletion.map(({ arn }) => arn)]);
  return { left: arns.filter((arn) => !going.has(arn)).sort(), keysPendingDeletion };
}

async function pendingDeletion(arn: string): Promise<{ arn: string; on: string } | undefined> {
  const { KeyMetadata } = await new KMSClient().send(new DescribeKeyCommand({ KeyId: arn }));
  const on = KeyMetadata?.DeletionDate?.toISOString().slice(0, 10);
  return KeyMetadata?.KeyState === "PendingDeletion" && on !== undefined ? { arn, on } : undefined;
}
