/** Zips that are the same bytes on every machine, so that an unchanged function is not uploaded again. */

import { type Zippable, zipSync } from "fflate";

/** The earliest time that a zip can hold, in the local time that it is written in. */
const epoch = new Date(1980, 0, 1);

/** Zips files by their path in the zip. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const inOrder = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  const zippable: Zippable = Object.fromEntries(
    inOrder.map(([path, content]) => [
      path,
      [content, { mtime: epoch, level: 9, os: 3, attrs: 0o644 << 16 }],
    ]),
  );
  return zipSync(zippable);
}
