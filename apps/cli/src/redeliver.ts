import type { DeadLetters } from "@penstock/lake/dead-letters.ts";
import type { Events } from "@penstock/lake/events.ts";

/**
 * Delivers the events that had failed for good once more. Each leaves the queue after it was delivered, so that none
 * is lost; one that fails again comes back there.
 *
 * @returns how many
 */
export async function redeliver(letters: DeadLetters, events: Events): Promise<number> {
  let count = 0;
  for await (const letter of letters.take()) {
    await events.deliver(letter);
    await letters.done(letter);
    count += 1;
  }
  return count;
}
