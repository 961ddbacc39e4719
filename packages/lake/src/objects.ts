/** Objects by URL scheme: the lake on a disk or in a bucket, behind one interface. */

import { fileURLToPath } from "node:url";
import { fileObjects } from "./file-objects.ts";
import { s3Client, s3Objects } from "./s3-objects.ts";

/** An object as a listing tells it. */
export interface Listed {
  /** The key below the root, as it is: never URL-encoded. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
}

/** An object as it is now. */
export interface Head extends Listed {
  /** What tells one content from another: `sha256:…` of a file, `etag:…` of an object in S3. */
  readonly hash: string;
  /** The version in a versioned bucket, else null. */
  readonly version: string | null;
}

/** One content of one key. */
export type Content = Pick<Head, "key" | "hash" | "version">;

/** A store of objects below one root URL. Keys never begin with a slash. */
export interface Objects {
  /** The root, ending in a slash. */
  readonly root: string;
  /** The full URL of a key: `file:///lake/raw/a%20b.csv` (encoded), `s3://bucket/raw/a b.csv` (as it is). */
  url(key: string): string;
  /**
   * Null when there is no such object.
   *
   * @param seen what an earlier head told: a file of the same size and time is not read again for its hash
   */
  head(key: string, seen?: Pick<Head, "size" | "modified" | "hash">): Promise<Head | null>;
  /** @throws ObjectMissing */
  read(key: string): Promise<Uint8Array>;
  /**
   * The bytes as they come; the error comes with the first.
   *
   * @param version which to read, where there are versions: the newest when it is null
   * @throws ObjectMissing
   */
  stream(key: string, version?: string | null): AsyncIterable<Uint8Array>;
  /** Writes an object, whole or not at all, in place of what was there. */
  write(key: string, body: Uint8Array | string): Promise<void>;
  /** Writes what a file on the disk holds, likewise, however much that is. As an object it is as new as this. */
  writeFile(key: string, path: string): Promise<void>;
  /** Writes an object if there is none of that key; false, and nothing changed, if there is. */
  create(key: string, body: Uint8Array | string): Promise<boolean>;
  /**
   * Copies a content to a key of its own, whole or not at all; files keep the time of their last change. A copy
   * that was made before is left as it is.
   *
   * @returns false, and nothing changed, when the content is no longer there
   * @throws ObjectTaken when there is something else at `to`
   */
  copy(content: Content, to: string): Promise<boolean>;
  /** Every object whose key begins with the prefix, in the order of the keys' UTF-8 bytes. */
  list(prefix: string): AsyncIterable<Listed>;
  /** Deletes an object; well when there is none. */
  delete(key: string): Promise<void>;
  /** Deletes an object as long as it has this content; false, and nothing changed, when it has another or is gone. */
  deleteContent(content: Pick<Content, "key" | "hash">): Promise<boolean>;
}

/**
 * Opens a lake.
 *
 * @param url `file:///…/` or `s3://bucket/prefix/`
 * @throws Error when the scheme is another
 */
export function openObjects(url: string): Objects {
  const root = new URL(url.endsWith("/") ? url : `${url}/`);
  switch (root.protocol) {
    case "file:":
      return fileObjects(fileURLToPath(root));
    case "s3:":
      return s3Objects({ client: s3Client(), bucket: root.hostname, prefix: root.pathname.slice(1) });
    default:
      throw new Error(`no objects at ${url}: expected file:// or s3://`);
  }
}

/** Reads a JSON object. @throws ObjectMissing, SyntaxError */
export async function readJson(objects: Objects, key: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await objects.read(key)));
}

/** Writes JSON, readable. */
export async function writeJson(objects: Objects, key: string, value: unknown): Promise<void> {
  await objects.write(key, `${JSON.stringify(value, null, 2)}\n`);
}
