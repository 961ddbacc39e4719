import type { LogEvent } from "@penstock/lake/log-events.ts";
import { namedErrors } from "@penstock/steps/told-cause.ts";
import type { LogEntry } from "./entry.ts";

/**
 * Lines that nobody structured, such as a traceback, as one entry: it names the errors and says where the lines are.
 * They are not shown: may quote rows. Nothing when there are none.
 */
export function unstructuredEntry(
  lines: readonly LogEvent[],
  of: Pick<LogEntry, "source" | "name" | "level" | "id"> & { readonly group: string },
): LogEntry[] {
  const said = lines.filter((line) => line.message.trim() !== "");
  const [first] = said;
  if (first === undefined) return [];
  const { group, ...rest } = of;
  const count = `${said.length} line${said.length === 1 ? "" : "s"} not shown`;
  const errors = namedErrors(said.map((line) => line.message).join("\n")).join(", ");
  return [
    {
      ...rest,
      at: first.at.toISOString(),
      message: errors === "" ? `${count}: may quote rows` : `${errors} (${count})`,
      full_text: { log_group: group, log_stream: first.stream, lines: said.length },
    },
  ];
}

/** The JSON object that a line is; undefined when it is none. */
export function structured(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
