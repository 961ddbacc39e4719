import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { plainCause } from "@penstock/steps/plan-run/fail.ts";
import { toldCause } from "@penstock/steps/told-cause.ts";
import { type LogEntry, secondsBetween } from "./entry.ts";

/** What the events of an execution tell: the states that it went through and what broke. Never their data. */
export function stateEntries(execution: string, events: readonly HistoryEvent[]): LogEntry[] {
  const entered = new Map<string, Date[]>();
  let current = "execution";
  return events.flatMap((event): LogEntry[] => {
    const at = event.timestamp ?? new Date(0);
    const entry = (name: string, message: string, more: Partial<LogEntry> = {}): LogEntry[] => [
      { at: at.toISOString(), source: "state", name, level: "INFO", message, id: execution, ...more },
    ];
    const type = event.type ?? "";
    const kind = /^(\w+?)State(?:Entered|Exited)$/.exec(type)?.[1] ?? "";
    const into = event.stateEnteredEventDetails?.name;
    if (into !== undefined) {
      current = into;
      entered.set(into, [...(entered.get(into) ?? []), at]);
      return entry(into, "entered", { fields: { kind } });
    }
    const outOf = event.stateExitedEventDetails?.name;
    if (outOf !== undefined) {
      const since = entered.get(outOf)?.shift() ?? at;
      return entry(outOf, "left", { fields: { kind, seconds: secondsBetween(since, at) } });
    }
    const failure = failureOf(event);
    if (type.startsWith("Execution")) {
      const level = /Started|Succeeded/.test(type) ? "INFO" : "ERROR";
      const how = type
        .replace("Execution", "")
        .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
        .toLowerCase();
      return entry("execution", failure === undefined ? how : `${how}, ${failure}`, { level });
    }
    return failure === undefined ? [] : entry(current, failure, { level: "ERROR" });
  });
}

/** The error and the cause of whatever kind of failure it is, as far as both may be told. */
function failureOf(event: HistoryEvent): string | undefined {
  for (const details of Object.values(event)) {
    if (typeof details !== "object" || details === null || details instanceof Date) continue;
    const { error, cause } = details as { error?: string; cause?: string };
    if (error !== undefined) return `${error}: ${toldCause(error, plainCause(cause ?? ""))}`;
  }
  return undefined;
}
