import type { Command } from "commander";
import { printJson, say } from "../console.ts";
import { WrongUsage } from "../failure.ts";
import { pipelineNamed } from "../pipelines.ts";
import { generatorOf, writeSamples } from "../samples.ts";

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
    .option("--faults <share>", "the share of rows to break, 0 to 1", "0")
    .requiredOption("--out <path>", "a file (x.csv) for the main file alone, or a folder for all of them")
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      "\nExamples:\n  pnpm penstock sample charging-sessions --rows 10000 --seed 7 --out sessions.csv\n  pnpm penstock sample charging-sessions --rows 1000 --out samples/",
    )
    .action(async (name: string, options: Options) => {
      const pipeline = pipelineNamed(name);
      const rows = whole("--rows", options.rows);
      const seed = whole("--seed", options.seed);
      const faults = Number(options.faults);
      if (!(faults >= 0 && faults <= 1))
        throw new WrongUsage(`--faults ${options.faults}: expected a share from 0 to 1`);
      const files = await writeSamples(await generatorOf(pipeline.name), { rows, seed, faults }, options.out);
      for (const file of files) say(`wrote ${file}`);
      if (options.json) printJson({ files, rows, seed, faults });
    });
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new WrongUsage(`${option} ${text}: expected a whole number from 0`);
  return value;
}
