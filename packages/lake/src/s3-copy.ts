/** Copies within S3 on two conditions: the source is still that content, and there is nothing at the target. */

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { ObjectTaken } from "./object-taken.ts";
import { isMissing, statusOf } from "./s3-errors.ts";

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

type Source = Place & { readonly ETag: string; readonly VersionId?: string };

/**
 * What a copy was made of, in its metadata: its own ETag is another where the bucket encrypts with KMS, or the
 * source came in parts.
 */
const markName = "penstock-content";

/**
 * Copies one content. A copy that is there already is known by its mark.
 *
 * @param how.mark names the content
 * @param how.most bytes that are copied in one go, and the size of the parts of what is greater
 * @returns false when the source is another by now, or gone
 * @throws ObjectTaken when there is something else at the target
 */
export async function copyContent(
  client: S3Client,
  from: Source,
  to: Place,
  how: { readonly mark: string; readonly most: number },
): Promise<boolean> {
  for (;;) {
    // S3 checks both once more as it copies
    const there = await headOf(client, to);
    if (there !== null && there.Metadata?.[markName] === how.mark) return true;
    if (there !== null) throw new ObjectTaken(`s3://${to.Bucket}/${to.Key}`);
    const { ETag, ...source } = from;
    const found = await headOf(client, source);
    if (found === null || found.ETag !== ETag) return false;
    try {
      await copy(client, { from, found, to, ...how });
      return true;
    } catch (error) {
      // one of the two changed between the look and the copy: look again
      if (!isMissing(error) && ![409, 412].includes(statusOf(error) ?? 0)) throw error;
    }
  }
}

interface Copy {
  readonly from: Source;
  readonly found: HeadObjectCommandOutput;
  readonly to: Place;
  readonly mark: string;
  readonly most: number;
}

async function copy(client: S3Client, { from, found, to, mark, most }: Copy): Promise<void> {
  const version = from.VersionId === undefined ? "" : `?versionId=${from.VersionId}`;
  const source = {
    CopySource: `${from.Bucket}/${from.Key.split("/").map(encodeURIComponent).join("/")}${version}`,
    CopySourceIfMatch: from.ETag,
  };
  const target = {
    ...to,
    ContentType: found.ContentType,
    ContentEncoding: found.ContentEncoding,
    Metadata: { ...found.Metadata, [markName]: mark },
  };
  const size = found.ContentLength ?? 0;
  if (size > most) return await copyParts(client, { source, target, size, most });
  await client.send(
    new CopyObjectCommand({ ...source, ...target, MetadataDirective: "REPLACE", IfNoneMatch: "*" }),
  );
}

async function copyParts(
  client: S3Client,
  {
    source,
    target,
    size,
    most,
  }: {
    readonly source: { readonly CopySource: string; readonly CopySourceIfMatch: string };
    readonly target: Place & { readonly Metadata: Record<string, string> };
    readonly size: number;
    readonly most: number;
  },
): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const upload = { Bucket: target.Bucket, Key: target.Key, UploadId };
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
    for (let begin = 0, PartNumber = 1; begin < size; begin += most, PartNumber += 1) {
      const CopySourceRange = `bytes=${begin}-${Math.min(begin + most, size) - 1}`;
      const part = new UploadPartCopyCommand({ ...upload, ...source, PartNumber, CopySourceRange });
      Parts.push({ ETag: (await client.send(part)).CopyPartResult?.ETag, PartNumber });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfNoneMatch: "*" }),
    );
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}

async function headOf(client: S3Client, place: Place & { readonly VersionId?: string }) {
  try {
    return await client.send(new HeadObjectCommand(place));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
