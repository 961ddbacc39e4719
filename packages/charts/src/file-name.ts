import { createHash } from "node:crypto";

/**
 * A part of a file's name from a text that anybody may have written. Short lower-case ids stay as they are; all
 * else loses what a file's name can't hold, and gets a hash of the text so that no two become one.
 */
export function fileNameOf(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9_-]|\.(?!\.)){0,79}$/.test(text)) return text;
  const slug = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
  return slug === "" ? hash : `${slug}-${hash}`;
}
