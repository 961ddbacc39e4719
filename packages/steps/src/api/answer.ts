/** An answer that is sent once and compressed: ETag, If-None-Match, Accept-Encoding (RFC 9110). */

import { hash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

/** The least that compression is worth its while for, in bytes. */
const least = 1024;

/** Of the levels the one that costs least for what it saves; see `docs/decisions`. */
const level = 1;

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
  const known = { ...always, "content-type": type };
  if (!takesGzip(asked.get("accept-encoding"))) {
    return new Response(typeof content === "string" ? content : await gunzipped(content.gzipped), {
      headers: known,
    });
  }
  if (typeof content === "string" && content.length < least) return new Response(content, { headers: known });
  const body = typeof content === "string" ? await gzipped(content, { level }) : content.gzipped;
  return new Response(body, { headers: { ...known, "content-encoding": "gzip" } });
}

const gzipped = promisify<string, { level: number }, Buffer<ArrayBuffer>>(gzip);
const gunzipped = promisify<Buffer, Buffer<ArrayBuffer>>(gunzip);

/** Weak, since the same content goes out compressed and not. */
const etagOf = (content: string | Buffer): string =>
  `W/"${hash("sha256", content, "base64url").slice(0, 22)}"`;

function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}

function takesGzip(header: string | null): boolean {
  const weights = new Map(
    (header ?? "").split(",").map((part) => {
      const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const q = parameters.find((each) => each.startsWith("q="));
      return [coding, q === undefined ? 1 : Number(q.slice(2))];
    }),
  );
  return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
}
