/** The files of a soak: generated sessions with faults, versions of one another, and now and then no format at all. */

import { mkdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  generateSessions,
  generateSites,
  knownFaults,
} from "@penstock/pipelines/charging-sessions/generator.ts";
import { prefix } from "@penstock/pipelines/charging-sessions/workflow.ts";

/** A file as it is dropped. */
export interface SoakFile {
  readonly key: string;
  readonly content: Buffer;
  readonly modified: Date;
}

/** So many files, the same for the same seed. */
export function* soakFiles(count: number, seed: number): Iterable<SoakFile> {
  for (let number = 0; number < count; number += 1) {
    const name = `soak-${String(number).padStart(4, "0")}`;
    yield {
      key: `${prefix}${name}.csv`,
      content: contentOf(number, seed),
      // whole seconds, one after the other: what decides between two versions is the file, not when it was dropped
      modified: new Date(Date.UTC(2026, 0, 1, 0, 0, number)),
    };
  }
}

/** Puts a file below the lake's raw prefix, whole and with its date at once, as an upload would. */
export function drop(lake: string, { key, content, modified }: SoakFile): void {
  const path = join(lake, key);
  const unfinished = join(dirname(path), `.${Date.now()}.unfinished`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(unfinished, content);
  utimesSync(unfinished, modified, modified);
  renameSync(unfinished, path);
}

function contentOf(number: number, seed: number): Buffer {
  if (number % 40 === 17) return Buffer.from("no,format,of,ours\n1,2,3,4\n");
  if (number % 20 === 9) return bytes([...generateSites(seed + (number % 3))]);
  // four files in a row tell of the same sessions; each says of some of them that they took more energy
  const rates = Object.fromEntries(knownFaults.map((fault) => [fault, 0.04 / knownFaults.length]));
  const world = seed * 1000 + Math.floor(number / 4);
  const [header = "", ...rows] = generateSessions({ rows: 150, seed: world, faults: rates });
  return bytes([header, ...rows.map((row, at) => (at % 4 === number % 4 ? charged(row, number) : row))]);
}

/** The energy, which is the last field but one, becomes one that tells its file. */
const charged = (row: string, number: number): string =>
  row.replace(/,(\d{1,2})\.\d+,([^,]*)$/, (_, whole, user) => `,${whole}.${String(number % 4)}9,${user}`);

/** A lone surrogate stands for a byte that is no UTF-8: see the generator. */
function bytes(lines: readonly string[]): Buffer {
  return Buffer.concat(
    lines.map((line) =>
      Buffer.concat([
        ...line
          .split(/([\udc80-\udcff])/)
          .map((part) =>
            /^[\udc80-\udcff]$/.test(part) ? Buffer.from([part.charCodeAt(0) & 0xff]) : Buffer.from(part),
          ),
        Buffer.from("\n"),
      ]),
    ),
  );
}
