/** Folders of the lake's bucket: what is below a prefix that ends in a slash, and nothing beside it. */

import { bucketArn, objectArn } from "@penstock/lake/arns.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import { decrypt, encrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import type { Place } from "./place.ts";

/**
 * Reading a folder. Listing is part of it: without, S3 answers 403 for an object that is not there. It takes the
 * key that was asked for as the prefix then.
 */
export const readFolder = (prefix: string, place: Place): Grant[] => readKeys(`${prefix}*`, place);

/** Asking for the folder itself as if it were an object, as Hadoop does before it takes it for a folder. */
export const readFolderAsObject = (prefix: string, place: Place): Grant[] =>
  readKeys(prefix.replace(/\/$/, ""), place);

/** Reading the version that an event told of, though another may have taken its place. */
export const readVersions = (prefix: string, place: Place): Grant => ({
  name: "ReadVersions",
  actions: ["s3:GetObjectVersion"],
  resources: [lakeObjects(`${prefix}*`, place)],
});

/** Writing, replacing and deleting; an upload in parts that fails is taken back. */
export function writeFolder(prefix: string, place: Place): Grant[] {
  return [
    {
      name: "Write",
      actions: ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      resources: [lakeObjects(`${prefix}*`, place)],
    },
    ...encrypt("s3", place),
  ];
}

function readKeys(keys: string, place: Place): Grant[] {
  return [
    { name: "Read", actions: ["s3:GetObject"], resources: [lakeObjects(keys, place)] },
    {
      name: "List",
      actions: ["s3:ListBucket"],
      resources: [bucketArn(bucketNames(place.environment).lake)],
      condition: { StringLike: { "s3:prefix": [keys] } },
    },
    decrypt("s3", place),
  ];
}

const lakeObjects = (keys: string, { environment }: Place): string =>
  objectArn(bucketNames(environment).lake, keys);
