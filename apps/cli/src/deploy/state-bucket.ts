/** The bucket of Terraform's state, which must be there before Terraform can begin; the bootstrap stack adopts it. */

import { CreateBucketCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { s3Client } from "@penstock/lake/s3-objects.ts";
import { begin } from "../console.ts";

/** Whether the bucket is there. */
export async function isBucketThere(bucket: string): Promise<boolean> {
  try {
    await s3Client().send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") return false;
    throw error;
  }
}

/** Makes the bucket if it is not there; that it is private, encrypted and versioned is the stack's to say. */
export async function ensureBucket(bucket: string, region: string): Promise<void> {
  if (await isBucketThere(bucket)) return;
  const line = begin(`Making the bucket of Terraform's state, ${bucket}`);
  // the one region that must not be named
  const where = region === "us-east-1" ? {} : { LocationConstraint: region as "eu-west-1" };
  await s3Client().send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: where }));
  line.done();
}

/**
 * What a person types to remove the bucket with every version in it. One call deletes a thousand, and one page lists no
 * more, so both are repeated; by a file, since a word of a command may not be as long.
 */
export const removal = (bucket: string): readonly string[] => [
  `while aws s3api list-object-versions --bucket ${bucket} --no-paginate --output json \\`,
  `    --query '{Objects: [Versions, DeleteMarkers][][].{Key: Key, VersionId: VersionId}}' > /tmp/versions.json &&`,
  "  grep -q VersionId /tmp/versions.json",
  `do aws s3api delete-objects --bucket ${bucket} --delete file:///tmp/versions.json > /tmp/deleted.json &&`,
  "  ! grep -q Errors /tmp/deleted.json || break; done",
  `aws s3api delete-bucket --bucket ${bucket}`,
];
