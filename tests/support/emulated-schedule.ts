/** On the emulated AWS no time passes: a schedule is due when a test says so. */

import type { EmulatedAws } from "./emulated-aws.ts";

/**
 * Starts what a schedule starts, as the schedule's own role.
 *
 * @param time when it was due, ISO 8601
 * @throws Error when there is no such schedule, or its role may not start it
 */
export async function isDue(
  { endpoint, client }: EmulatedAws,
  schedule: { readonly group: string; readonly name: string },
  time: string,
): Promise<void> {
  const answer = await fetch(`${endpoint}/moto-api/scheduler/due`, {
    method: "POST",
    body: JSON.stringify({ region: client.region, ...schedule, time }),
  });
  if (!answer.ok)
    throw new Error(`${schedule.name} was not started: ${answer.status} ${await answer.text()}`);
}
