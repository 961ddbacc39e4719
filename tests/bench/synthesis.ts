import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { type Figure, median, seconds } from "./measure.ts";

/** All stacks of the development example from source: a fresh process each time, as a deploy begins. */
export async function synthesis(): Promise<Figure> {
  const main = join(toolchain.repository, "infra/src/main.ts");
  const times: number[] = [];
  for (let round = 0; round < 7; round++)
    times.push(await seconds(() => execa(process.execPath, [main, "dev"])));
  return {
    what: "synthesis of all stacks from source",
    measured: `${median(times).toFixed(2)} s`,
    bound: "under 1.5 s",
    met: median(times) < 1.5,
  };
}
