import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { runJobProcess } from "@penstock/local/glue/job-process.ts";
import { SparkHost } from "@penstock/local/glue/spark-host.ts";
import { sparkOptions } from "@penstock/local/glue/spark-options.ts";
import { LogFile } from "@penstock/local/log.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { openPenstock } from "../support/penstock.ts";
import { type Figure, median, seconds } from "./measure.ts";

const rows = 1_000_000;
const times = 3;

/** A million generated rows through everything, against the peer on the same file, both on a warm Spark, in turn. */
export async function millionRows(say: (line: string) => void): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const sample = join(folder, "million.csv");
  const warmUp = join(folder, "warm-up.csv");
  const penstock = openPenstock();
  await penstock.run("sample", "charging-sessions", "--rows", String(rows), "--seed", "11", "--out", sample);
  await penstock.run("sample", "charging-sessions", "--rows", "20000", "--seed", "12", "--out", warmUp);
  const peer = peerHost(folder);
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round <= times; round++) {
      // the first round warms both and is not counted; each round loads an empty lake
      const input = round === 0 ? warmUp : sample;
      await penstock.run("stop");
      rmSync(penstock.home, { recursive: true, force: true });
      const warm = join(folder, "first.csv");
      copyFileSync(warmUp, warm);
      if (round > 0) {
        await penstock.run("run", "charging-sessions", "--input", warm, "--json");
      }
      const result = (await penstock.run("run", "charging-sessions", "--input", input, "--json")).json;
      if (result.status !== "SUCCEEDED") throw new Error(`the run failed: ${result.error}`);
      const theirSeconds = await peer.run(input);
      if (round === 0) continue;
      ours.push(result.seconds);
      theirs.push(theirSeconds);
      say(`  round ${round}: ${result.seconds.toFixed(1)} s against ${theirSeconds.toFixed(1)} s`);
    }
  } finally {
    await peer.close();
    await penstock.end();
    rmSync(folder, { recursive: true, force: true });
  }
  const ratio = median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
  return {
    what: "1,000,000 generated rows, claim to notification, warm, against a hand-written PySpark job that only reads, drops and writes",
    measured: `${ratio.toFixed(2)} times (${median(ours).toFixed(1)} s against ${median(theirs).toFixed(1)} s)`,
    bound: "at most 3 times",
    met: ratio <= 3,
  };
}

/** A warm Spark with the daemon's own settings, for the peer. */
function peerHost(folder: string) {
  const lake = join(folder, "lake");
  const scratch = join(folder, "scratch");
  mkdirSync(lake, { recursive: true });
  mkdirSync(scratch, { recursive: true });
  const host = new SparkHost({
    python: toolchain.python,
    environment: sparkEnvironment,
    options: () =>
      sparkOptions({
        name: "penstock-bench-peer",
        lake,
        scratch,
        jars: toolchain.jars,
        archive: { path: toolchain.classDataArchive, write: false },
        cores: availableParallelism(),
        memoryMb: totalmem() / 2 ** 20,
      }),
    scratch: join(scratch, "spark"),
    record: join(folder, "spark.json"),
    log: join(folder, "spark.log"),
  });
  return {
    run: (input: string) =>
      seconds(async () => {
        const failure = await runJobProcess(host, {
          python: toolchain.python,
          environment: sparkEnvironment(),
          script: join(import.meta.dirname, "peer.py"),
          argv: ["--input", input, "--table", "bench.peer"],
          group: "peer",
          log: new LogFile(join(folder, "peer.log")),
          signal: new AbortController().signal,
        });
        if (failure !== undefined) throw new Error(`the peer failed: ${failure}`);
      }),
    close: () => host.close(),
  };
}
