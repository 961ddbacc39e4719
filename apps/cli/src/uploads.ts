import { createHash } from "node:crypto";
import { createReadStream, existsSync, globSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Objects, openObjects } from "@penstock/lake/objects.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { WrongUsage } from "./failure.ts";
import { sidecarEnding } from "./fault-sidecar.ts";
import { typedPath } from "./typed-path.ts";

/**
 * The files that the paths and globs name, each once. Of what a glob finds only files that the pipeline may read are
 * taken: a sample's sidecar or a note lies among them by right.
 *
 * @throws WrongUsage when one names nothing, or something else by its own name
 */
export function filesNamed(patterns: readonly string[], pipeline: Pipeline): string[] {
  const endings = endingsOf(pipeline);
  const files = patterns.flatMap((pattern) => {
    const path = typedPath(pattern);
    if (existsSync(path)) return [named(path, endings)];
    const found = globSync(path).filter(
      (path) => endsIn(endings, path) && !path.endsWith(sidecarEnding) && statSync(path).isFile(),
    );
    if (found.length === 0) throw new WrongUsage(`--input ${pattern}: there is no such file`);
    return found;
  });
  return [...new Set(files)];
}

function named(path: string, endings: readonly string[]): string {
  if (!statSync(path).isFile()) {
    const all = join(path, `*${endings[0]}`);
    throw new WrongUsage(`--input ${path}: it is a folder; say ${all} for the files in it`);
  }
  if (!endsIn(endings, path)) {
    const expected = endings.flatMap((ending) => [ending, `${ending}.gz`]).join(", ");
    throw new WrongUsage(
      `--input ${path}: expected a name that ends in ${expected.replace(/, ([^,]*)$/, " or $1")}`,
    );
  }
  return path;
}

/** What a file of one's own may be called, where the pipeline's own format is JSON, or is not. */
export const ownFile = (pipeline: Pick<Pipeline, "profiles">): string =>
  takesJson(pipeline) ? "my.json" : "my.csv";

/** What a name may end in, but for .gz. */
const endingsOf = (pipeline: Pipeline): readonly string[] =>
  takesJson(pipeline) ? [".csv", ".json", ".jsonl", ".ndjson"] : [".csv"];

const takesJson = ({ profiles = [] }: Pick<Pipeline, "profiles">): boolean =>
  profiles.some(({ format }) => format === "json");

function endsIn(endings: readonly string[], path: string): boolean {
  const name = path.toLowerCase().replace(/\.gz$/, "");
  return endings.some((ending) => name.endsWith(ending));
}

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
    if (!to.rejected?.has(key) && (await isThere(key, file, objects))) continue;
    await objects.writeFile(key, file);
  }
  return [...keys.keys()];
}

/** Whether the object holds what the file does; neither is held in memory. */
async function isThere(key: string, file: string, objects: Objects): Promise<boolean> {
  const there = await objects.head(key);
  if (there?.size !== statSync(file).size) return false;
  return (await sha256(objects.stream(key))) === (await sha256(createReadStream(file)));
}

async function sha256(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
}
