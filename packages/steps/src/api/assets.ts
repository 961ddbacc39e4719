/** The files that the API serves as they are, gzipped when it was built. */

import { readFile } from "node:fs/promises";

/** A file's gzipped content by its name, such as `docs/swagger-ui.css`; null when there is none. */
export type Assets = (name: string) => Promise<Buffer | null>;

/** The files of a folder, `<name>.gz` each, read once. */
export function folderAssets(folder: URL): Assets {
  const read = new Map<string, Promise<Buffer | null>>();
  return (name) => {
    // of a name that may be anything nothing is kept, and nothing outside of the folder is read
    if (!/^[a-z0-9-]+([./][a-z0-9-]+)*$/.test(name)) return Promise.resolve(null);
    const found = read.get(name) ?? readFile(new URL(`${name}.gz`, folder)).catch(missing);
    read.set(name, found);
    return found;
  };
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
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
