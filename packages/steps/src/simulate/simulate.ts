/** simulate: the file of the interval that has just ended, as its meters would put it. */

import type { Objects } from "@penstock/lake/objects.ts";
import type { Simulation } from "@penstock/workflows/simulation.ts";

export interface Simulated {
  readonly key: string;
  /** False when it was there: the function was started twice. */
  readonly written: boolean;
}

/**
 * Writes the file of the last whole interval before an instant.
 *
 * @param due ISO 8601
 * @throws RangeError when it is no instant
 */
export async function simulate(
  due: string,
  { simulation, objects }: { readonly simulation: Simulation; readonly objects: Pick<Objects, "create"> },
): Promise<Simulated> {
  const at = Date.parse(due);
  if (Number.isNaN(at)) throw new RangeError(`no instant: ${due}`);
  const interval = simulation.everyMinutes * 60_000;
  const start = new Date(Math.floor(at / interval) * interval - interval);
  const { key, text } = simulation.file(start);
  return { key, written: await objects.create(key, text) };
}
