/** An answer that is sent once and compressed: ETag, If-None-Match, Accept-Encoding (RFC 9110). */

import { hash } from "node:crypto";
import { promisify } from "node:util";
import { type BrotliOptions, brotliCompress, constants, gunzip, gzip, type ZlibOptions } from "node:zlib";

/** The least that compression is worth its while for, in characters. */
const least = 1024;

/** What is answered: text, or what has been gzipped before. */
export interface Body {
  readonly type: string;
  readonly content: string | { readonly gzipped: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

export async function answer(asked: Headers, { type, content, headers = {} }: Body): Promise<Response> {
  const etag = etagOf(typeof content === "string" ? content : content.gzipped);
  const always = {
    ...headers,
    etag,
    vary: "accept-encoding",
    // kept, but never shown without asking whether it is still the same
    "cache-control": "no-cache",
  };
  if (isKnown(asked.get("if-none-match"), etag)) return new Response(null, { status: 304, headers: always });
  const { body, coding } = await encoded(content, weights(asked.get("accept-encoding")));
  const encoding = coding === null ? {} : { "content-encoding": coding };
  return new Response(body, { headers: { ...always, "content-type": type, ...encoding } });
}

/**
 * Brotli at its quickest, before gzip at its own: a month of records (1.8 MB) is 167 KB in 2.3 ms, against 175 KB in
 * 4.5 ms. What takes longer than that saves a tenth.
 */
async function encoded(content: Body["content"], takes: (coding: string) => number) {
  const zipped = takes("gzip");
  if (typeof content !== "string") {
    return zipped > 0
      ? { body: Uint8Array.from(content.gzipped), coding: "gzip" }
      : { body: await gunzipped(content.gzipped), coding: null };
  }
  if (content.length < least) return { body: content, coding: null };
  const brotli = takes("br");
  if (brotli > 0 && brotli >= zipped) return { body: await brotlied(content, quickly), coding: "br" };
  return zipped > 0
    ? { body: await gzipped(content, { level: constants.Z_BEST_SPEED }), coding: "gzip" }
    : { body: content, coding: null };
}

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const brotlied = promisify<string, BrotliOptions, Buffer<ArrayBuffer>>(brotliCompress);
const gzipped = promisify<string, ZlibOptions, Buffer<ArrayBuffer>>(gzip);
const gunzipped = promisify<Buffer, Buffer<ArrayBuffer>>(gunzip);

/** Weak, since the same content goes out compressed and not. */
const etagOf = (content: string | Buffer): string =>
  `W/"${hash("sha256", content, "base64url").slice(0, 22)}"`;

function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}

/** How much each coding is wanted, 0 to 1. */
function weights(header: string | null): (coding: string) => number {
  const named = new Map(
    (header ?? "").split(",").map((part) => {
      const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const q = parameters.find((each) => each.startsWith("q="));
      return [coding, q === undefined ? 1 : Number(q.slice(2))];
    }),
  );
  return (coding) => named.get(coding) ?? named.get("*") ?? 0;
}
