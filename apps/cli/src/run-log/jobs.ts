import type { JobRunRecord } from "@penstock/lake/job-run-records.ts";
import type { LogEvent } from "@penstock/lake/log-events.ts";
import type { JobLogGroups } from "@penstock/lake/log-groups.ts";
import { toldText } from "@penstock/steps/told-cause.ts";
import { type LogEntry, secondsBetween } from "./entry.ts";
import { structured, unstructuredEntry } from "./unstructured.ts";

/** What a Glue job run printed. */
export interface JobOutput {
  readonly output: readonly LogEvent[];
  readonly error: readonly LogEvent[];
}

/** One run of the Glue job: its begin and end, the steps that it logged, and the errors of its traceback. */
export function jobEntries(
  job: { readonly name: string; readonly logs: JobLogGroups },
  run: JobRunRecord,
  { output, error }: JobOutput,
): LogEntry[] {
  const of = { source: "job", name: job.name, id: run.id } as const;
  const begun: LogEntry = { ...of, at: run.startedAt.toISOString(), level: "INFO", message: "job run began" };
  const steps = output.flatMap((event): LogEntry[] => {
    const line = structured(event.message);
    if (line?.step === undefined) return [];
    const { run_id: _, step, event: what, ...fields } = line;
    const level = what === "failed" ? "ERROR" : "INFO";
    return [{ ...of, at: event.at.toISOString(), level, message: `${step}: ${what}`, fields }];
  });
  const others = output.filter((event) => structured(event.message)?.step === undefined);
  const broke = run.error !== null;
  return [
    begun,
    ...steps,
    ...unstructuredEntry(others, { ...of, level: "INFO", group: job.logs.output }),
    // Spark warns of this and that in a run that goes well, too
    ...unstructuredEntry(error, { ...of, level: broke ? "ERROR" : "INFO", group: job.logs.error }),
    ...ended(of, run),
  ];
}

function ended(of: Pick<LogEntry, "source" | "name" | "id">, run: JobRunRecord): LogEntry[] {
  if (run.endedAt === null) return [];
  const why = run.error === null ? "" : `: ${toldText(run.error)}`;
  return [
    {
      ...of,
      at: run.endedAt.toISOString(),
      level: run.state === "SUCCEEDED" ? "INFO" : "ERROR",
      message: `job run ${run.state}${why}`,
      fields: { seconds: secondsBetween(run.startedAt, run.endedAt) },
    },
  ];
}
