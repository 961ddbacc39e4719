/** Loads of real daily files, for every pipeline whose folder has a `bench/load.json`, against the peer beside it. */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { Laptop } from "../support/laptop.ts";
import { type Figure, median, seconds } from "./measure.ts";
import { peerHost } from "./peer-host.ts";

interface Load {
  /** A folder below the one that `PENSTOCK_DATA` names; its files in the order of their names are the days. */
  readonly files: string;
  /** The script of the peer: it is given `--input`, the folder of the files, and `--out`, a folder of its own. */
  readonly peer: string;
  readonly does: string;
  readonly atMostTimesThePeer: number;
  readonly oneMoreUnderSeconds: number;
}

const times = 3;
/** So many days first, so that Spark is warm and the tables are there. */
const first = 3;

export async function dailyFiles(say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const pipeline of pipelines) {
    const folder = join(toolchain.repository, "packages/pipelines", pipeline.name, "bench");
    if (!existsSync(join(folder, "load.json"))) continue;
    const load = JSON.parse(readFileSync(join(folder, "load.json"), "utf8")) as Load;
    const source = join(process.env.PENSTOCK_DATA ?? "", load.files);
    if (!existsSync(source)) {
      say(`  ${load.files} is not here: left out`);
      continue;
    }
    figures.push(...(await measured(pipeline, load, source, join(folder, load.peer), say)));
  }
  return figures;
}

async function measured(
  pipeline: Pipeline,
  load: Load,
  source: string,
  script: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const days = readdirSync(source).sort();
  const firstDays = join(scratch, "first");
  mkdirSync(firstDays);
  for (const day of days.slice(0, first)) copyFileSync(join(source, day), join(firstDays, day));
  const [whole, theirs, more, again]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    for (let round = 0; round < times; round++) {
      const laptop = new Laptop();
      const run = (some: readonly string[]) => seconds(() => loaded(laptop, pipeline, source, some));
      await run(days.slice(0, first));
      whole.push(await run(days.slice(first, -1)));
      more.push(await run(days.slice(-1)));
      again.push(await seconds(() => executed(laptop, pipeline, days.slice(-1), { again: true })));
      await laptop.end();
      // the peer is warmed alike
      const peer = peerHost(join(scratch, `peer-${round}`));
      let peerSeconds = Number.NaN;
      for (const input of [firstDays, source])
        peerSeconds = await peer.run(script, [
          "--input",
          input,
          "--out",
          join(scratch, `out-${round}`, basename(input)),
        ]);
      theirs.push(peerSeconds);
      await peer.close();
      say(
        `  round ${round + 1}: ${whole.at(-1)?.toFixed(1)} s against ${theirs.at(-1)?.toFixed(1)} s, one more ${more.at(-1)?.toFixed(1)} s, the same again ${again.at(-1)?.toFixed(1)} s`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const ratio = median(whole.map((value, at) => value / (theirs[at] ?? Number.NaN)));
  return [
    {
      what: `${days.length} real daily files: ${days.length - first - 1} of them in one run, warm, onto the first ${first}, against a hand-written PySpark job that ${load.does}, all ${days.length}`,
      measured: `${ratio.toFixed(2)} times (${median(whole).toFixed(1)} s against ${median(theirs).toFixed(1)} s)`,
      bound: `at most ${load.atMostTimesThePeer} times`,
      met: ratio <= load.atMostTimesThePeer,
    },
    {
      what: "one more day on top, warm",
      measured: `${median(more).toFixed(1)} s (the same day again, which writes nothing: ${median(again).toFixed(1)} s)`,
      bound: `under ${load.oneMoreUnderSeconds} s`,
      met: median(more) < load.oneMoreUnderSeconds,
    },
  ];
}

/** Files appear all at once, and are asked for before their events can be. */
async function loaded(
  laptop: Laptop,
  pipeline: Pipeline,
  source: string,
  days: readonly string[],
): Promise<void> {
  const path = (day: string) => join(laptop.home.lake, pipeline.trigger.prefix, day);
  await laptop.daemon();
  for (const day of days) {
    mkdirSync(dirname(path(day)), { recursive: true });
    copyFileSync(join(source, day), `${path(day)}.part`);
  }
  for (const day of days) renameSync(`${path(day)}.part`, path(day));
  await executed(laptop, pipeline, days, {});
}

async function executed(
  laptop: Laptop,
  pipeline: Pipeline,
  days: readonly string[],
  how: object,
): Promise<void> {
  const inputs = days.map((day) => `${pipeline.trigger.prefix}${day}`);
  const ended = await laptop.execute(pipeline.name, { inputs, ...how });
  if (ended !== "SUCCEEDED") throw new Error(`the run of ${pipeline.name} ended as ${ended}`);
}
