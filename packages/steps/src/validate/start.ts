/** The first bytes of a file's text, unzipped where its name says that it is zipped. */

import { constants, createGunzip } from "node:zlib";
import type { Objects } from "@penstock/lake/objects.ts";
import { Unfit } from "./unfit.ts";

export interface Start {
  readonly bytes: Buffer;
  /** Whether there are no others. */
  readonly whole: boolean;
}

/** Enough for a header and the first rows; a header that is longer is the job's to judge. */
const most = 64 * 1024;

/**
 * Reads no more than it needs, and unzips no more either.
 *
 * @param at the key that the bytes lie at, and the version of it, where it has any
 * @throws ObjectMissing; Unfit when it is broken as gzip
 */
export async function startOf(
  file: { readonly key: string; readonly at: string; readonly version: string | null },
  objects: Objects,
): Promise<Start> {
  const start = await firstBytes(objects.stream(file.at, file.version));
  return file.key.toLowerCase().endsWith(".gz") && start.bytes.length > 0 ? await unzipped(start) : start;
}

async function firstBytes(stream: AsyncIterable<Uint8Array>): Promise<Start> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > most) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), whole: size <= most };
}

async function unzipped({ bytes, whole }: Start): Promise<Start> {
  // what is cut off by us ends in the middle by right
  const gunzip = createGunzip({ finishFlush: whole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH });
  const chunks: Uint8Array[] = [];
  let size = 0;
  return await new Promise((resolve, reject) => {
    const done = (ended: boolean): void => {
      gunzip.destroy();
      resolve({ bytes: Buffer.concat(chunks).subarray(0, most), whole: ended && whole && size <= most });
    };
    gunzip.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > most) done(false);
    });
    gunzip.on("end", () => done(true));
    gunzip.on("error", (error: NodeJS.ErrnoException) => reject(brokenGzip(error)));
    gunzip.end(bytes);
  });
}

/** In the words of Python's zlib, which the job uses. */
const brokenGzip = ({ code, errno, message }: NodeJS.ErrnoException): Unfit =>
  code === "Z_BUF_ERROR"
    ? new Unfit("truncated gzip: it ends in the middle; send it again")
    : new Unfit(`broken gzip: Error ${errno} while decompressing data: ${message}; send it again`);
