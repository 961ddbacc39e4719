import { createColors } from "picocolors";
import type { LogEntry } from "./entry.ts";

/** Steps of a workflow that only decide or pass on: a person wants to see what works. */
const silent: ReadonlySet<unknown> = new Set(["Choice", "Pass", "Succeed"]);

/** A run's log in lines: when, who, what. */
export function logLines(entries: readonly LogEntry[], colour: boolean): string[] {
  const paint = createColors(colour);
  const shown = entries.filter((entry) => !(entry.source === "state" && silent.has(entry.fields?.kind)));
  const names = shown.map((entry) => shortName(entry));
  const width = Math.max(0, ...names.map((name) => name.length));
  return shown.map((entry, at) => {
    const { kind: _, ...fields } = entry.fields ?? {};
    const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${text(value)}`);
    const where =
      entry.full_text === undefined
        ? ""
        : `, see ${entry.full_text.log_group} stream ${entry.full_text.log_stream}`;
    const message = entry.level === "ERROR" ? paint.red(entry.message) : entry.message;
    return [
      paint.dim(entry.at),
      entry.level.padEnd(5),
      paint.cyan((names[at] ?? "").padEnd(width)),
      `${message}${paint.dim(facts.join("") + where)}`,
    ].join("  ");
  });
}

/** `plan-run` of penstock-local-charging-sessions-plan-run is told from the state it serves by its source. */
function shortName({ source, name }: LogEntry): string {
  return source === "state" ? name : source === "job" ? "glue job" : name.replace(/^penstock-[^-]+-/, "");
}

/** What is long is in the JSON. */
function text(value: unknown): string {
  const whole = typeof value === "string" ? value : JSON.stringify(value);
  return whole.length <= 60 ? whole : `${whole.slice(0, 59)}…`;
}
