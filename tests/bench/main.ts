/** `pnpm bench`: speed and size, as ratios against a named peer in the same run, into docs/benchmarks.md. */

import { writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { monthOfRecords } from "./api/records.ts";
import { summaryOfManyDays } from "./api/summary.ts";
import { bundles } from "./bundles.ts";
import { dailyFiles } from "./daily.ts";
import type { Figure } from "./measure.ts";
import { millionRows } from "./million.ts";
import { manyReadings } from "./process.ts";
import { synthesis } from "./synthesis.ts";
import { smallFile } from "./workflow.ts";

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const figures: Figure[] = [];
say("Lambda bundles");
figures.push(...(await bundles()));
say("Synthesis");
figures.push(await synthesis());
say("The API");
figures.push(...(await monthOfRecords(say)), await summaryOfManyDays());
say("What arrives");
figures.push(...(await manyReadings(say)));
say("A small file");
figures.push(...(await smallFile(say)));
say("A million rows");
figures.push(await millionRows(say));

say("Daily files");
figures.push(...(await dailyFiles(say)));

const row = ({ what, measured, bound, met }: Figure): string =>
  `| ${what} | ${measured} | ${bound} | ${met ? "yes" : "**no**"} |`;
const page = `# Benchmarks

Written by \`pnpm bench\`: medians, on ${availableParallelism()} cores and ${Math.round(totalmem() / 2 ** 30)} GiB. Seconds depend on the machine; a ratio is of
two measurements taken in turn in one run.

| what | measured | bound | met |
|---|---|---|---|
${figures.map(row).join("\n")}

The peer of the million rows is \`tests/bench/peer.py\`: it reads the same CSV with a schema, drops what is
malformed, and writes one Iceberg table with the same partitions, on a warm Spark with the same settings. That of the
daily files lies in the pipeline's folder, that of the API is \`tests/bench/api/peer.py\`.
`;
writeFileSync(join(toolchain.repository, "docs/benchmarks.md"), page);
process.stdout.write(page);
