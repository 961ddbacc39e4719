/**
 * The thread that watches a sandbox from inside: it ends the process when its parent is gone, so that nothing
 * is left behind by a `kill -9`, and when it outgrows its memory, which no heap limit sees (buffers, wasm).
 */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

const { parent, memoryMb } = workerData as { parent: number; memoryMb: number };

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  const used = process.memoryUsage.rss() / 2 ** 20;
  if (used <= memoryMb) return;
  writeSync(2, `Memory Size: ${memoryMb} MB exceeded: ${Math.round(used)} MB used\n`);
  process.kill(process.pid, "SIGKILL");
}, 50);
