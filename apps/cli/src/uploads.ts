import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { openObjects } from "@penstock/lake/objects.ts";
import { WrongUsage } from "./failure.ts";
import { typedPath } from "./typed-path.ts";

/**
 * The files that the paths and globs name, each once. Of what a glob finds only CSV files are taken: a sample's
 * sidecar or a note lies among them by right.
 *
 * @throws WrongUsage when one names nothing, or something else by its own name
 */
export function filesNamed(patterns: readonly string[]): string[] {
  const files = patterns.flatMap((pattern) => {
    const path = typedPath(pattern);
    if (existsSync(path)) return [named(path)];
    const found = globSync(path).filter((path) => isCsv(path) && statSync(path).isFile());
    if (found.length === 0) throw new WrongUsage(`--input ${pattern}: there is no such file`);
    return found;
  });
  return [...new Set(files)];
}

function named(path: string): string {
  if (!statSync(path).isFile())
    throw new WrongUsage(`--input ${path}: it is a folder; say ${join(path, "*.csv")} for the files in it`);
  if (!isCsv(path)) throw new WrongUsage(`--input ${path}: expected a name that ends in .csv or .csv.gz`);
  return path;
}

const isCsv = (path: string): boolean => /\.csv(\.gz)?$/i.test(path);

/**
 * Copies files below a prefix of the lake, each under its own name, and returns their keys. A file that lies
 * there with the same content is left alone, unless it was rejected: dropped once more, it is tried once more.
 *
 * @throws WrongUsage when two files have one name
 */
export async function upload(
  files: readonly string[],
  to: { lakeUrl: string; prefix: string; rejected?: ReadonlySet<string> },
): Promise<string[]> {
  const objects = openObjects(to.lakeUrl);
  const keys = new Map<string, string>();
  for (const file of files) {
    const key = to.prefix + basename(file);
    const other = keys.get(key);
    if (other !== undefined)
      throw new WrongUsage(`${other} and ${file} have the same name; rename one or run them one by one`);
    keys.set(key, file);
  }
  for (const [key, file] of keys) {
    const content = readFileSync(file);
    const there = await objects.head(key);
    const isThere =
      there !== null && there.size === content.byteLength && content.equals(await objects.read(key));
    if (isThere && !to.rejected?.has(key)) continue;
    await objects.write(key, content);
  }
  return [...keys.keys()];
}
