import { existsSync } from "node:fs";
import type { Command } from "commander";
import { printJson, say } from "../console.ts";
import { faultRates } from "../fault-rates.ts";
import { sidecarOf } from "../fault-sidecar.ts";
import { pipelineNamed } from "../pipelines.ts";
import { generatorOf, writeSamples } from "../samples.ts";
import { typedPath } from "../typed-path.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  readonly rows: string;
  readonly seed: string;
  readonly faults: string;
  readonly out: string;
  readonly json: boolean;
}

/** `penstock sample`: generated input, the same for the same seed. */
export function sampleCommand(program: Command): void {
  program
    .command("sample")
    .argument("<pipeline>")
    .description("write generated input files, the same for the same seed")
    .option("--rows <n>", "how many rows", "1000")
    .option("--seed <n>", "another seed, another world", "1")
    .option("--faults <shares>", "rows to break: a share, 0 to 1, or shares by kind, kind=share,…", "0")
    .requiredOption("--out <path>", "a file (x.csv) for the main file alone, or a folder for all of them")
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
With --faults, <file>.faults.json says what was broken in a file and what a run has to make of it: for each
broken row its line and its reasons in quarantine, and what is read, accepted, quarantined and a duplicate.

Examples:
  pnpm penstock sample charging-sessions --rows 10000 --seed 7 --out sessions.csv
  pnpm penstock sample charging-sessions --rows 1000 --out samples/
  pnpm penstock sample charging-sessions --rows 5000 --faults 0.05 --out broken.csv
  pnpm penstock sample charging-sessions --faults 'still open=0.01,negative energy=0.02' --out broken.csv`,
    )
    .action(async (name: string, options: Options) => {
      const pipeline = pipelineNamed(name);
      const rows = wholeNumber("--rows", options.rows, 0);
      const seed = wholeNumber("--seed", options.seed, 0);
      const generator = await generatorOf(pipeline.name);
      const faults = faultRates(options.faults, generator.knownFaults);
      const files = await writeSamples(generator, { rows, seed, faults }, typedPath(options.out));
      const sidecars = files.map(sidecarOf).filter((path) => existsSync(path));
      for (const path of [...files, ...sidecars]) say(`wrote ${path}`);
      if (options.json) printJson({ files, sidecars, rows, seed, faults });
    });
}
