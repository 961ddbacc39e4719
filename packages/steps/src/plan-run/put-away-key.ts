/** The keys of what is put away: `raw/shop/orders/x.csv` → `archive/shop/run=<run id>/orders/x.csv`. */

import { putAwayPrefix, type Zone } from "@penstock/workflows/put-away-prefix.ts";

const reasonEnding = ".reason.json";

/** The key of a file of a run. */
export function putAwayKey(zone: Zone, prefix: string, runId: string, key: string): string {
  const name = key.slice(prefix.length);
  // a reason file that was dropped again with the file it is of must not lie where that file's own will
  const own = zone === "rejected" && name.endsWith(reasonEnding) ? `${name}.txt` : name;
  return `${putAwayPrefix(zone, prefix)}run=${runId}/${own}`;
}

/** The key of the file that says why another was rejected. */
export function reasonKey(rejected: string): string {
  const name = rejected.slice(rejected.lastIndexOf("/") + 1);
  // a file system takes names of 255 bytes
  const tooLong = Buffer.byteLength(name) > 255 - reasonEnding.length;
  return (
    (tooLong
      ? `${rejected.slice(0, rejected.length - name.length)}${[...name].slice(0, 50).join("")}…`
      : rejected) + reasonEnding
  );
}
