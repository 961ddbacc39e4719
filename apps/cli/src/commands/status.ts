import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { orphanLines, orphansOf } from "../orphans.ts";
import { envOption } from "../session/env-option.ts";
import { isQueryFailure } from "../session/query-failure.ts";
import { type Session, withSession } from "../session/session.ts";
import { typedCommand } from "../session/typed-command.ts";

/** `penstock status`: what ran last, what waits, what is late. */
export function statusCommand(program: Command): void {
  program
    .command("status")
    .description("each pipeline: its last run, the files and rows that wait, its rows, what is late")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText("after", "\nExamples:\n  pnpm penstock status\n  pnpm penstock status --json")
    .action(async (options: { env?: string; json: boolean }) => {
      await withSession({ env: options.env }, async (session) => {
        const found = await Promise.all(session.pipelines.map((pipeline) => statusOf(session, pipeline)));
        if (options.json) return printJson({ ...session.place, apis: session.apis, pipelines: found });
        const table = new Table({
          head: ["pipeline", "last run", "status", "files waiting", "rows", "rows waiting", "newest"],
          style: { head: [], border: [] },
        });
        for (const each of found) {
          const { dead_letters, waiting_files: files } = each;
          table.push([
            each.pipeline,
            each.last_run ?? "none yet",
            each.status ?? "",
            dead_letters === 0 ? files : `${files}, and ${dead_letters} dead letter(s)`,
            Object.entries(each.rows)
              .map(([dataset, count]) => `${dataset} ${count.toLocaleString("en-GB")}`)
              .join("\n"),
            orphanLines({ waiting: each.waiting_rows, overdue: each.overdue_rows }).join("\n"),
            each.freshness
              .map(
                ({ column, newest, late, within }) =>
                  `${column} ${newest ?? "none"}${late ? ` (late: expected within ${within})` : ""}`,
              )
              .join("\n"),
          ]);
        }
        print(table.toString());
        for (const dataset of found.flatMap(({ overdue_rows }) => Object.keys(overdue_rows)))
          print(
            `See what waited too long: ${typedCommand(session, `quarantine ${dataset} --reason orphan`)}`,
          );
        for (const [pipeline, url] of Object.entries(session.apis)) print(`${pipeline}'s API: ${url}/docs`);
        print(session.whereabouts);
      });
    });
}

async function statusOf(session: Session, pipeline: Pipeline) {
  const ledger = session.ledger(pipeline.name);
  const runs = await ledger.runs(20);
  const [last] = runs;
  const { waiting, overdue } = orphansOf(runs);
  return {
    pipeline: pipeline.name,
    last_run: last?.run_id ?? null,
    status: last?.status ?? null,
    waiting_files: (await ledger.inputs("pending")).length,
    // rows in quarantine until those that they refer to arrive, by dataset, and those that have waited too long
    waiting_rows: waiting,
    overdue_rows: overdue,
    dead_letters: await session.deadLetters(pipeline.name).waiting(),
    rows: (await ledger.totals())?.rows ?? {},
    freshness: await freshnessOf(session, pipeline),
  };
}

/** The newest value of each dataset's freshness column, and whether it is older than the contract allows. */
async function freshnessOf(session: Session, pipeline: Pipeline) {
  const found = [];
  for (const { name, freshness } of pipeline.datasets) {
    if (freshness === undefined) continue;
    const { column, within } = freshness;
    const isServed = pipeline.serves?.series.dataset === name;
    const newest = isServed ? await newestServed(session, pipeline) : await newestOf(session, name, column);
    const age =
      newest === null ? null : Date.now() - Date.parse(newest.replace(" ", "T").replace(" UTC", "Z"));
    found.push({ dataset: name, column, newest, within, late: age === null || age > milliseconds(within) });
  }
  return found;
}

/** The newest row that is served, which is there before any run takes it in; what comes from the future does not count. */
async function newestServed(session: Session, { name, serves }: Pipeline): Promise<string | null> {
  if (serves === undefined) return null;
  const figures = session.figures(name, serves.series);
  const keys = serves.keys.items.map((item) => String(item[serves.series.key]));
  const all = await Promise.all(keys.map((key) => figures.get(key, "all")));
  const times = all.flatMap((each) => each?.last ?? []).filter((time) => Date.parse(time) <= Date.now());
  return times.sort().at(-1) ?? null;
}

async function newestOf(session: Session, table: string, column: string): Promise<string | null> {
  try {
    const { rows } = await session.query(`SELECT max(${column}) FROM ${table}`);
    return rows[0]?.[0] ?? null;
  } catch (error) {
    // before the first run there is no table
    if (isQueryFailure(error)) return null;
    throw error;
  }
}

/** `36 hours` in milliseconds. */
function milliseconds(within: string): number {
  const [count, unit = ""] = within.split(" ");
  const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
  return Number(count) * (units[unit.replace(/s$/, "")] ?? Number.NaN);
}
