/** What a run is given that is killed: a pipeline's folder `kills`, with every outcome that a row or a file can have. */

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Home } from "@penstock/local/home.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";

const folderOf = ({ name }: Pipeline): string =>
  join(toolchain.repository, "packages/pipelines", name, "kills");

/** Whether a pipeline has such a folder. */
export const hasStory = (pipeline: Pipeline): boolean => existsSync(folderOf(pipeline));

/** The files by their keys: 1 is what the lake has before, 2 meets what that left. */
export function filesOf(pipeline: Pipeline, generation: 1 | 2): Readonly<Record<string, string>> {
  const folder = join(folderOf(pipeline), String(generation));
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        `${pipeline.trigger.prefix}g${generation}-${name}`,
        readFileSync(join(folder, name), "utf8"),
      ]),
  );
}

/**
 * Puts both generations into the lake, dated one minute apart, as if their events had been delivered long ago: the
 * test alone starts executions, so that they reach the same points each time.
 */
export function plantFiles(home: Home, pipeline: Pipeline): void {
  for (const generation of [1, 2] as const) {
    const modified = new Date(Date.UTC(2026, 1, 1, 0, generation));
    for (const [key, content] of Object.entries(filesOf(pipeline, generation))) {
      const path = join(home.lake, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      utimesSync(path, modified, modified);
      markDelivered(home, key, content, modified);
    }
  }
}

/** Makes as if the event of a file had been delivered before: no execution is started by it. */
export function markDelivered(home: Home, key: string, content: string | Buffer, modified: Date): void {
  const version = `${Buffer.byteLength(content)} ${modified.getTime()}`;
  appendFileSync(join(home.events, "delivered.ndjson"), `${JSON.stringify({ key, version })}\n`);
}
