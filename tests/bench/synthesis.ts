import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { type Figure, median, seconds } from "./measure.ts";

/** From a cold process to the Terraform of every stack, out of the sources. */
export async function synthesis(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-synthesis-"));
  const environments = join(folder, "environments.mjs");
  writeFileSync(
    environments,
    `export default { bench: { account: "111111111111", region: "eu-west-1" } };\n`,
  );
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const synthesise = () =>
      execa(process.execPath, [join(toolchain.repository, "infra/src/main.ts"), "bench"], {
        env: { PENSTOCK_ENVIRONMENTS: environments },
      });
    rounds.push(await seconds(synthesise));
  }
  rmSync(folder, { recursive: true });
  const middle = median(rounds);
  return {
    what: "synthesis of all stacks, from source",
    measured: `${middle.toFixed(2)} s`,
    bound: "under 1.5 s",
    met: middle < 1.5,
  };
}
