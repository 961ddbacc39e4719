import type { HistoryEvent } from "@aws-sdk/client-sfn";

/**
 * The events of an execution's history that belong to one run: an execution that finds files waiting claims the next
 * run when it has finished the first.
 *
 * @param isHolder whether the ledger names the execution as the run's: then what came before a claim told of its run,
 *   or in place of that, is the run's too
 */
export function segmentOf(
  events: readonly HistoryEvent[],
  runId: string,
  isHolder: boolean,
): readonly HistoryEvent[] {
  const owners: (string | undefined)[] = [];
  const enteredAt = new Map<string, number>();
  let owner: string | undefined;
  for (const [index, event] of events.entries()) {
    const into = event.stateEnteredEventDetails?.name;
    if (into !== undefined) enteredAt.set(into, index);
    const outOf = event.stateExitedEventDetails;
    const claimed = claimedRun(outOf?.output);
    if (claimed !== undefined && claimed !== owner) {
      // what claimed it was its first state; what came before the first claim led to it
      const first = owner === undefined ? 0 : (enteredAt.get(outOf?.name ?? "") ?? index);
      owner = claimed;
      owners.fill(owner, first);
    }
    owners.push(owner);
  }
  return events.filter((_, index) => (owners[index] === undefined ? isHolder : owners[index] === runId));
}

/** The run that a state's output says was claimed; one that holds another's run has joined, and claimed nothing. */
function claimedRun(output: string | undefined): string | undefined {
  if (output === undefined) return undefined;
  const data: unknown = JSON.parse(output);
  const claim = field(data, "claim");
  const runId = field(claim, "run_id");
  return field(claim, "outcome") === "claimed" && typeof runId === "string" ? runId : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
