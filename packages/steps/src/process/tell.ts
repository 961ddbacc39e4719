/** Tells of one file or run, once however often it is processed. */

import { createHash } from "node:crypto";
import { runsPrefix } from "@penstock/lake/zones.ts";
import { anomalyNotice, type SetAside } from "./anomaly-notice.ts";
import type { ProcessContext } from "./context.ts";
import { findingsPrefix, foundIn } from "./findings.ts";

/**
 * Publishes one notice of what was found, unless there was nothing, or it was told before. A process that dies
 * between the notice and its mark tells twice, never not at all.
 *
 * @param of the file's key or the run's id
 */
export async function tell(of: string, setAside: SetAside, context: ProcessContext): Promise<number> {
  const { facts, objects, topic, now } = context;
  const findings = await foundIn(findingsPrefix(facts.prefix, of), facts.series, objects);
  const isNothing = findings.length === 0 && setAside.records === 0 && setAside.refused === undefined;
  if (isNothing) return 0;
  const told = JSON.stringify([of, setAside, findings]);
  const hash = createHash("sha256").update(told).digest("hex").slice(0, 32);
  const mark = `${runsPrefix(facts.pipeline)}told/${hash}.json`;
  if ((await objects.head(mark)) === null) {
    await topic.publish(anomalyNotice(of, findings, setAside, { ...facts, dataset: facts.dataset.name }));
    await objects.write(mark, `${JSON.stringify({ of, at: now().toISOString() })}\n`);
  }
  return findings.length;
}
