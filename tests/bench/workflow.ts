import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { openPenstock } from "../support/penstock.ts";
import { type Figure, median, seconds } from "./measure.ts";

const times = 3;

/** The whole workflow on a small file: warm, and from a process that has to start everything. */
export async function smallFile(say: (line: string) => void): Promise<Figure[]> {
  const real = join(process.env.PENSTOCK_DATA ?? "", "charging-sessions/workplace_2014-2015.csv.gz");
  const penstock = openPenstock();
  try {
    const source = existsSync(real) ? real : join(penstock.files, "sessions.csv");
    if (source !== real) {
      await penstock.run("sample", "charging-sessions", "--rows", "3395", "--seed", "5", "--out", source);
    }
    const named = (n: number) => {
      const copy = join(penstock.files, `${n}${source.slice(source.indexOf(".csv"))}`);
      copyFileSync(source, copy);
      return copy;
    };
    const run = async (n: number) =>
      (await penstock.run("run", "charging-sessions", "--input", named(n), "--json")).json;
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < times; round++) {
      await penstock.run("reset", "--yes");
      cold.push(await seconds(() => run(0)));
      // the second run of a session still meets code for the first time
      await run(1);
      const { seconds: taken, status } = await run(2);
      if (status !== "SUCCEEDED") throw new Error("the run failed");
      warm.push(taken);
      say(`  round ${round + 1}: cold ${cold.at(-1)?.toFixed(1)} s, warm ${taken.toFixed(1)} s`);
    }
    const file =
      source === real
        ? "the workplace file (3,395 rows)"
        : "3,395 generated rows (the real file is not here)";
    return [
      {
        what: `the whole workflow, warm, ${file}`,
        measured: `${median(warm).toFixed(1)} s`,
        bound: "under 8 s",
        met: median(warm) < 8,
      },
      {
        what: `cold process to finished run, ${file}`,
        measured: `${median(cold).toFixed(1)} s`,
        bound: "under 20 s",
        met: median(cold) < 20,
      },
    ];
  } finally {
    await penstock.end();
  }
}
