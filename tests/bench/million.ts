import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPenstock } from "../support/penstock.ts";
import { type Figure, median } from "./measure.ts";
import { peerHost } from "./peer-host.ts";

const rows = 1_000_000;
const times = 3;

/** A million generated rows through everything, against the peer on the same file, both on a Spark that 20,000 rows have warmed, in turn. */
export async function millionRows(say: (line: string) => void): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const sample = join(folder, "million.csv");
  const warmUp = join(folder, "warm-up.csv");
  const penstock = openPenstock();
  await penstock.run("sample", "charging-sessions", "--rows", String(rows), "--seed", "11", "--out", sample);
  await penstock.run("sample", "charging-sessions", "--rows", "20000", "--seed", "12", "--out", warmUp);
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 1; round <= times; round++) {
      // each round both start on an empty lake, and are warmed alike
      await penstock.run("stop");
      rmSync(penstock.home, { recursive: true, force: true });
      let seconds = Number.NaN;
      for (const input of [warmUp, sample]) {
        const { json } = await penstock.run("run", "charging-sessions", "--input", input, "--json");
        if (json.status !== "SUCCEEDED") throw new Error(`the run failed: ${json.error}`);
        seconds = json.seconds;
      }
      await penstock.run("stop");
      const peer = peerHost(join(folder, `peer-${round}`));
      let theirSeconds = Number.NaN;
      for (const input of [warmUp, sample]) {
        const asked = ["--input", input, "--table", "bench.peer"];
        theirSeconds = await peer.run(join(import.meta.dirname, "peer.py"), asked);
      }
      await peer.close();
      ours.push(seconds);
      theirs.push(theirSeconds);
      say(`  round ${round}: ${seconds.toFixed(1)} s against ${theirSeconds.toFixed(1)} s`);
    }
  } finally {
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
