/** process: what arrives, or a run has published, into the series. */

import { readEvent } from "../plan-run/event.ts";
import { type Arrival, arrival } from "./arrival.ts";
import type { ProcessContext } from "./context.ts";
import { type ServedRun, serveRun } from "./serve-run.ts";

/** An EventBridge `Object Created` event, or a run. */
export type ProcessRequest = { readonly run_id: string } | { readonly detail: unknown };

export async function processRequest(
  request: ProcessRequest,
  context: ProcessContext,
): Promise<Arrival | ServedRun> {
  if ("run_id" in request) return await serveRun(request.run_id, context);
  const ask = readEvent(request);
  if (ask.kind !== "created" || !ask.key.startsWith(context.facts.prefix)) {
    throw new Error(
      `no event of a file below ${context.facts.prefix}: ${JSON.stringify(request).slice(0, 500)}`,
    );
  }
  return await arrival(ask.key, context);
}
