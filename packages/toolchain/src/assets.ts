/** The files that lie beside an app's bundle, for it to serve: gzipped, the same bytes on every machine. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { gzipSync } from "fflate";

/**
 * An app lists its assets in its package.json: `"assets": {"docs/page.css": "some-package/page.css"}`, by the name
 * they are served under. A source is a file of a package, one of the app's own (`./docs/index.html`), or one of its
 * pipeline's folder (`#pipeline/generated/openapi.json`).
 *
 * @param at.app the app's folder
 * @param at.pipeline the pipeline's
 * @returns the gzipped files by `<name>.gz`
 */
export async function appAssets(at: {
  readonly app: string;
  readonly pipeline: string;
}): Promise<Readonly<Record<string, Uint8Array>>> {
  const description = JSON.parse(await readFile(join(at.app, "package.json"), "utf8")) as {
    readonly assets?: Readonly<Record<string, string>>;
  };
  const { resolve: fromPackage } = createRequire(join(resolve(at.app), "package.json"));
  const pathOf = (source: string): string => {
    if (source.startsWith("#pipeline/")) return join(at.pipeline, source.slice("#pipeline/".length));
    return source.startsWith("./") ? join(at.app, source) : fromPackage(source);
  };
  const files = Object.entries(description.assets ?? {}).map(async ([name, source]) => {
    const content = await readFile(pathOf(source));
    return [`${name}.gz`, gzipSync(content, { level: 9, mtime: 0 })] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}
