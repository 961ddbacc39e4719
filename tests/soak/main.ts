/**
 * `pnpm soak [--minutes N] [--files N] [--seed N]`: files with faults are dropped over time while what works on them
 * is killed at random; once it is quiet, the lake is compared with one that took the same files in a single run.
 */

import { cpSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Victim } from "@penstock/local/fault-points.ts";
import pipeline from "@penstock/pipelines/charging-sessions/pipeline.ts";
import { random } from "@penstock/sampling/random.ts";
import { markDelivered } from "../support/kill-story.ts";
import { Laptop } from "../support/laptop.ts";
import { writeFigures } from "./figures.ts";
import { drop, soakFiles } from "./files.ts";
import { type Kills, killNow } from "./kills.ts";
import { type Content, contentOf, differences } from "./lake.ts";
import { faultsOf, type Ledger, ledgerOf } from "./ledger.ts";

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    files: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = Number(options.minutes);
const seed = Number(options.seed);
const files = [...soakFiles(Number(options.files), seed)];
const began = Date.now();
const say = (line: string): void => {
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
};

const peaceful = new Laptop();
const soaked = new Laptop();
let interrupted = false;
process.once("SIGINT", () => {
  interrupted = true;
  say("interrupted: cleaning up");
  void Promise.all([peaceful.end(), soaked.end()]).then(() => process.exit(130));
});
try {
  process.exitCode = (await soak()) ? 0 : 1;
} catch (error) {
  if (!interrupted) throw error;
} finally {
  if (!interrupted) await Promise.all([peaceful.end(), soaked.end()]);
}

async function soak(): Promise<boolean> {
  say(`${files.length} files in a single run, undisturbed`);
  const expected = await inPeace();
  // pseudonyms are made with a key of the home's own
  cpSync(peaceful.home.secrets, soaked.home.secrets, { recursive: true });
  await peaceful.end();

  say(`the same files over ${minutes} minutes, with kills`);
  const { kills, sweeps } = await disturb(Date.now() + minutes * 60_000);
  say("no kill any more; waiting until it is quiet");
  await untilQuiet();
  const ledger = await ledgerOf(soaked, pipeline);
  const found = await contentOf(soaked, pipeline, ledger);
  const rows = Object.fromEntries(pipeline.datasets.map(({ name }) => [name, found[name]?.length ?? 0]));
  const wrong = [
    ...differences(expected, found),
    ...faultsOf(
      ledger,
      files.map(({ key }) => key),
      rows,
    ),
  ];
  for (const line of wrong) say(`WRONG: ${line}`);
  report(kills, sweeps, ledger, rows, wrong);
  return wrong.length === 0;
}

async function inPeace(): Promise<Content> {
  for (const file of files) {
    drop(peaceful.home.lake, file);
    markDelivered(peaceful.home, file.key, file.content, file.modified);
  }
  await peaceful.execute(pipeline.name, {});
  const ledger = await ledgerOf(peaceful, pipeline);
  const faults = ledger.runs.filter(({ status }) => status !== "SUCCEEDED");
  if (faults.length > 0) throw new Error(`undisturbed, it failed: ${faults[0]?.error}: ${faults[0]?.cause}`);
  return contentOf(peaceful, pipeline, ledger);
}

/** Drops, kills and starts again until the time is up and every file was dropped. */
async function disturb(until: number): Promise<{ kills: Kills; sweeps: number }> {
  const dice = random(seed, 7);
  const kills: Kills = { daemon: 0, spark: 0, job: 0, function: 0 };
  const victims: readonly Victim[] = ["job", "function", "spark", "job", "daemon", "function"];
  const from = Date.now();
  let dropped = 0;
  let sweeps = 0;
  for (let nextKill = from; Date.now() < until || dropped < files.length; await sleep(250)) {
    // all are there well before the end, so that kills meet full runs and the last of them alike
    const due = Math.ceil((files.length * (Date.now() - from)) / ((until - from) * 0.8));
    for (const file of files.slice(dropped, due)) drop(soaked.home.lake, file);
    dropped = Math.max(dropped, Math.min(due, files.length));
    if (Date.now() < nextKill) continue;
    const victim = victims[dice.below(victims.length)] ?? "daemon";
    kills[victim] += killNow(soaked.home, victim) > 0 ? 1 : 0;
    // mostly seconds; now and then long enough for a run to come to its end
    nextKill = Date.now() + (dice.below(4) === 0 ? 40_000 : 3000 + dice.below(12_000));
    const { runs } = await ledgerOf(soaked, pipeline).catch(() => ({ runs: [] }));
    // as a schedule would: what no event tells of any more, and what was given up
    const held = runs.some(({ status, resumable }) => status === "FAILED" && !resumable);
    sweeps += 1;
    void soaked
      .execute(pipeline.name, held && sweeps % 5 === 0 ? { again: true } : {})
      .catch(() => undefined);
    const done = runs.filter(({ status }) => status === "SUCCEEDED").length;
    say(`${dropped} files, ${done} of ${runs.length} runs done; killed ${JSON.stringify(kills)}`);
  }
  return { kills, sweeps };
}

async function untilQuiet(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await soaked.execute(pipeline.name, {});
    await soaked.quiet();
    const { inputs } = await ledgerOf(soaked, pipeline);
    if (
      inputs.length >= files.length &&
      inputs.every(({ status }) => status === "done" || status === "rejected")
    )
      return;
    say(
      `still ${inputs.filter(({ status }) => status !== "done" && status !== "rejected").length} files to do`,
    );
    if (inputs.some(({ status }) => status === "held")) await soaked.execute(pipeline.name, { again: true });
  }
}

function report(
  kills: Kills,
  sweeps: number,
  { runs, inputs }: Ledger,
  rows: Readonly<Record<string, number>>,
  wrong: readonly string[],
): void {
  const count = (status: string): number => runs.filter((run) => run.status === status).length;
  writeFigures("Soak", {
    "files dropped": inputs.length,
    "minutes of kills": minutes,
    seed,
    "kills, all": Object.values(kills).reduce((sum, each) => sum + each, 0),
    "daemon, Spark, job, functions": [kills.daemon, kills.spark, kills.job, kills.function].join(", "),
    "executions started by hand": sweeps,
    "runs that came to their end": count("SUCCEEDED"),
    "runs given up and asked for again": count("FAILED"),
    "attempts of all runs": runs.reduce((sum, { attempt }) => sum + attempt, 0),
    "rows in the tables": Object.entries(rows)
      .map(([name, each]) => `${name} ${each}`)
      .join(", "),
    "what differs from a single run": wrong.length === 0 ? "nothing" : `**${wrong.length} things**`,
  });
  say(wrong.length === 0 ? "nothing lost, nothing twice" : `${wrong.length} things are wrong`);
}
