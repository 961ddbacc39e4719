import { isObject, type JsonObject } from "../json.ts";
import type { HistoryEvent } from "./history.ts";

/** A state that an execution was in or came to, and what it is given there, as JSON text. */
export interface Place {
  readonly state: string;
  readonly input: string;
}

const tells = "arn:aws:states:::sns:publish";
const invokes = "arn:aws:states:::lambda:invoke";

/**
 * Where an execution that died was on its way to telling somebody: in the state that tells, or in the function before
 * it, which may have done its work and not answered, and can be invoked twice. Null anywhere else: another execution
 * takes up the work, but tells nothing of what was done already.
 */
export function wayToNotice(history: readonly HistoryEvent[], definition: JsonObject): Place | null {
  const states = isObject(definition.States) ? definition.States : {};
  const stateOf = (name: unknown) => (typeof name === "string" && isObject(states[name]) ? states[name] : {});
  const last = history.findLast((event) => event.stateEnteredEventDetails ?? event.stateExitedEventDetails);
  if (isObject(last?.stateEnteredEventDetails)) {
    const { name, input } = last.stateEnteredEventDetails;
    const { Resource, Next } = stateOf(name);
    const isOnTheWay = Resource === tells || (Resource === invokes && stateOf(Next).Resource === tells);
    return isOnTheWay ? { state: String(name), input: String(input) } : null;
  }
  if (isObject(last?.stateExitedEventDetails)) {
    const { name, output } = last.stateExitedEventDetails;
    const { Next } = stateOf(name);
    return stateOf(Next).Resource === tells ? { state: String(Next), input: String(output) } : null;
  }
  return null;
}
