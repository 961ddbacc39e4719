/** What was found anomalous, as JSON Lines in the pipeline's own raw folder: the next run loads them for analysts. */

import { createHash } from "node:crypto";
import type { Objects } from "@penstock/lake/objects.ts";
import type { Finding } from "./bring.ts";

/** Where the findings are, below the prefix of the pipeline's files. */
const findingsFolder = "anomalies/";

/** The folder of what was found in one file or run: `raw/energy/anomalies/2026/11/28/20261128T2105Z.json/`. */
export function findingsPrefix(prefix: string, of: string): string {
  const below = of.startsWith(prefix) ? of.slice(prefix.length) : of;
  return `${prefix}${findingsFolder}${below}/`;
}

/**
 * Writes findings. Named after their content, so that writing them again changes nothing.
 *
 * @param folder a findingsPrefix
 */
export async function keepFindings(
  findings: readonly Finding[],
  folder: string,
  names: { readonly key: string; readonly time: string },
  { objects, now }: { readonly objects: Objects; readonly now: () => Date },
): Promise<void> {
  if (findings.length === 0) return;
  const bare = findings.map(({ key, time, reasons }) => ({
    [names.key]: key,
    [names.time]: time,
    anomaly: reasons.length > 0,
    reasons: reasons.join(","),
  }));
  const hash = createHash("sha256").update(JSON.stringify(bare)).digest("hex").slice(0, 16);
  const assessed_at = now().toISOString();
  const lines = bare.map((finding) => `${JSON.stringify({ ...finding, assessed_at })}\n`);
  await objects.write(`${folder}${hash}.jsonl`, lines.join(""));
}

/** What was found in a file or run and stands: each row once, the newest finding winning. */
export async function foundIn(
  folder: string,
  { key: keyName, time: timeName }: { readonly key: string; readonly time: string },
  objects: Objects,
): Promise<Finding[]> {
  const newest = new Map<string, { readonly at: string; readonly finding: Finding }>();
  for await (const { key } of objects.list(folder)) {
    const text = new TextDecoder().decode(await objects.read(key));
    for (const line of text.split("\n").filter((each) => each !== "")) {
      const {
        [keyName]: of = "",
        [timeName]: time = "",
        reasons = "",
        assessed_at: at = "",
      } = JSON.parse(line);
      const id = JSON.stringify([of, time]);
      if ((newest.get(id)?.at ?? "") > at) continue;
      const listed = String(reasons)
        .split(",")
        .filter((reason) => reason !== "");
      newest.set(id, { at, finding: { key: of, time, reasons: listed } });
    }
  }
  return [...newest.values()].map(({ finding }) => finding).filter(({ reasons }) => reasons.length > 0);
}
