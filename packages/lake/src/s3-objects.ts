/** Objects in an S3 bucket, below an optional prefix. */

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { ObjectMissing } from "./object-missing.ts";
import type { Listed, Objects } from "./objects.ts";
import { copyContent } from "./s3-copy.ts";
import { isMissing, statusOf } from "./s3-errors.ts";

/** A client from the process's environment; an endpoint of one's own has no name for each bucket. */
export function s3Client(environment: Readonly<Record<string, string | undefined>> = process.env): S3Client {
  const own = environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  return new S3Client({ forcePathStyle: own !== undefined });
}

export function s3Objects(at: {
  readonly client: S3Client;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  /** Bytes that S3 copies in one go, 5 GB at most; a greater object is copied in parts of this size. */
  readonly copyBytes?: number;
}): Objects {
  const { client, bucket: Bucket } = at;
  const place = (key: string) => {
    if (key === "" || key.startsWith("/")) throw new Error(`bad key ${JSON.stringify(key)}`);
    return { Bucket, Key: `${at.prefix}${key}` };
  };
  const url = (key: string): string => `s3://${Bucket}/${at.prefix}${key}`;

  async function body(key: string, version: string | null = null) {
    const which = version === null ? {} : { VersionId: version };
    try {
      const { Body } = await client.send(new GetObjectCommand({ ...place(key), ...which }));
      if (Body !== undefined) return Body;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    throw new ObjectMissing(url(key));
  }

  return {
    root: url(""),
    url,

    async head(key) {
      try {
        const found = await client.send(new HeadObjectCommand(place(key)));
        return {
          key,
          size: found.ContentLength ?? 0,
          modified: found.LastModified ?? new Date(0),
          hash: `etag:${(found.ETag ?? "").replaceAll('"', "")}`,
          version: found.VersionId === "null" ? null : (found.VersionId ?? null),
        };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async read(key) {
      return await (await body(key)).transformToByteArray();
    },

    async *stream(key, version) {
      for await (const chunk of (await body(key, version)) as AsyncIterable<Uint8Array>) yield chunk;
    },

    async write(key, content) {
      await client.send(new PutObjectCommand({ ...place(key), ...bytesOf(content) }));
    },

    async writeFile(key, path) {
      const { size } = await stat(path);
      const Body = createReadStream(path);
      await client.send(new PutObjectCommand({ ...place(key), Body, ContentLength: size }));
    },

    async create(key, content) {
      try {
        await client.send(new PutObjectCommand({ ...place(key), ...bytesOf(content), IfNoneMatch: "*" }));
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        // another is writing it right now: see what came of that
        if (statusOf(error) === 409) return await this.create(key, content);
        throw error;
      }
    },

    async copy(content, to) {
      const { key, hash, version } = content;
      const from = { ...place(key), ETag: etagOf(hash) };
      const copied = async (VersionId?: string) =>
        await copyContent(client, VersionId === undefined ? from : { ...from, VersionId }, place(to), {
          mark: hash,
          most: at.copyBytes ?? 5_000_000_000,
        });
      // the version that was claimed is there, though another may have taken its place; or else the same content anew
      return (version !== null && (await copied(version))) || (await copied());
    },

    async *list(prefix) {
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: `${at.prefix}${prefix}` });
      for await (const page of pages) {
        for (const found of page.Contents ?? []) {
          const listed: Listed = {
            key: (found.Key ?? "").slice(at.prefix.length),
            size: found.Size ?? 0,
            modified: found.LastModified ?? new Date(0),
          };
          yield listed;
        }
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(place(key)));
    },

    async deleteContent({ key, hash }) {
      try {
        await client.send(new DeleteObjectCommand({ ...place(key), IfMatch: etagOf(hash) }));
        return true;
      } catch (error) {
        if (isMissing(error) || statusOf(error) === 412) return false;
        // another is writing it right now: see what came of that
        if (statusOf(error) === 409) return await this.deleteContent({ key, hash });
        throw error;
      }
    },
  };
}

/** `etag:abc` → `"abc"`, as S3 writes it. */
const etagOf = (hash: string): string => `"${hash.replace(/^etag:/, "")}"`;

/** With its length said: the client can't tell that of an empty body. */
function bytesOf(content: Uint8Array | string): { Body: Uint8Array; ContentLength: number } {
  const Body = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { Body, ContentLength: Body.byteLength };
}
