import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPenstock } from "../support/penstock.ts";
import { type Figure, median } from "./measure.ts";
import { peerHost } from "./peer-host.ts";

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
      const theirSeconds = await peer.run(join(import.meta.dirname, "peer.py"), [
        "--input",
        input,
        "--table",
        "bench.peer",
      ]);
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
