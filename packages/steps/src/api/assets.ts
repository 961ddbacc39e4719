/** The files that the API serves as they are, gzipped when it was built. */

import { readFile } from "node:fs/promises";

/** A file's gzipped content by its name, such as `docs/swagger-ui.css`; null when there is none. */
export type Assets = (name: string) => Promise<Buffer | null>;

/** The files of a folder, `<name>.gz` each; one that was read is kept. */
export function folderAssets(folder: URL): Assets {
  const kept = new Map<string, Buffer>();
  return async (name) => {
    // nothing outside of the folder is read
    if (!/^[a-z0-9-]+([./][a-z0-9-]+)*$/.test(name)) return null;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const found = await readFile(new URL(`${name}.gz`, folder)).catch(missing);
    // of a name that may be anything nothing is kept
    if (found !== null) kept.set(name, found);
    return found;
  };
}

/** A name may be one that no file of the folder can have. */
function missing(error: NodeJS.ErrnoException): null {
  if (["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes(error.code ?? "")) return null;
  throw error;
}

/** The content type of a file, by its name. */
export function contentType(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  return types[ending] ?? "application/octet-stream";
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  png: "image/png",
};
