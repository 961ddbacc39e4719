import type { LogEvent } from "@penstock/lake/log-events.ts";
import { functionLogGroup } from "@penstock/lake/log-groups.ts";
import { toldCause } from "@penstock/steps/told-cause.ts";
import type { LogEntry } from "./entry.ts";
import { structured, unstructuredEntry } from "./unstructured.ts";

/** When an execution worked on the run. */
export interface Worked {
  readonly execution: string;
  readonly from: Date;
  readonly to: Date;
}

interface Line {
  readonly event: LogEvent;
  readonly requestId: string;
  readonly isError: boolean;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** What a Lambda function printed in the requests that worked on a run. */
export function functionEntries(
  name: string,
  events: readonly LogEvent[],
  of: { readonly runId: string; readonly worked: readonly Worked[] },
): LogEntry[] {
  const requests = Map.groupBy(events.flatMap(lineOf), (line) => line.requestId);
  return [...requests].flatMap(([requestId, lines]) => {
    if (!belongs(lines, of)) return [];
    const told = lines.flatMap(({ event, fields }): LogEntry[] =>
      fields === undefined ? [] : [structuredEntry(name, requestId, event, fields)],
    );
    const rest = lines.filter((line) => line.fields === undefined);
    const level = rest.some((line) => line.isError) ? "ERROR" : "INFO";
    const group = functionLogGroup(name);
    const untold = unstructuredEntry(
      rest.map((line) => line.event),
      { source: "function", name, level, id: requestId, group },
    );
    return [...told, ...untold];
  });
}

/** Lambda's own lines about a request, and metrics for CloudWatch, are no log of the run. */
function lineOf(event: LogEvent): Line[] {
  const [, requestId = "", level = "", text = event.message] =
    /^\S+\t([0-9a-f-]{36})\t(\w+)\t([\s\S]*)$/.exec(event.message.trimEnd()) ?? [];
  if (requestId === "" && /^(START|END|REPORT|INIT_START|EXTENSION) /.test(text)) return [];
  const fields = structured(text);
  if (fields !== undefined && "_aws" in fields) return [];
  return [{ event: { ...event, message: text }, requestId, isError: level === "ERROR", fields }];
}

/** By what a line says of itself; a request that says nothing belongs to who worked at the time. */
function belongs(
  lines: readonly Line[],
  { runId, worked }: { readonly runId: string; readonly worked: readonly Worked[] },
): boolean {
  const named = lines.flatMap(({ fields }) => (typeof fields?.run_id === "string" ? [fields.run_id] : []));
  if (named.length > 0) return named.includes(runId) && !lines.some(hasJoined);
  const executions = lines.flatMap(({ fields }) => fields?.execution ?? []);
  return worked.some(
    ({ execution, from, to }) =>
      (executions.length === 0 || executions.includes(execution)) &&
      lines.some(({ event }) => event.at >= from && event.at <= to),
  );
}

/** An execution that found the run in another's hands. */
const hasJoined = ({ fields }: Line): boolean => fields?.outcome === "joined";

function structuredEntry(
  name: string,
  requestId: string,
  event: LogEvent,
  line: Readonly<Record<string, unknown>>,
): LogEntry {
  const { timestamp: _, level, message, pipeline: __, run_id: ___, execution: ____, ...fields } = line;
  const { error, cause } = fields;
  const told = typeof cause === "string" ? { cause: toldCause(String(error), cause) } : {};
  return {
    at: event.at.toISOString(),
    source: "function",
    name,
    level: level === "ERROR" || level === "WARN" ? level : "INFO",
    message: String(message),
    id: requestId,
    fields: { ...fields, ...told },
  };
}
