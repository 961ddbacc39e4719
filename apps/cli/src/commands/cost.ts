import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { assumptions } from "@penstock/infra/cost/assumptions.ts";
import { type Estimate, estimate, type Line, type Part } from "@penstock/infra/cost/estimate.ts";
import { alwaysFree, freeTierSource } from "@penstock/infra/cost/free-tier.ts";
import { isPriced, type PricedRegion, pricedRegions, prices } from "@penstock/infra/cost/prices.ts";
import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { costNotes } from "../cost-notes.ts";
import { WrongUsage } from "../failure.ts";
import { configured } from "../session/environment.ts";

interface Options {
  readonly env: string;
  readonly pricesOf?: string;
  readonly json: boolean;
}

/** `penstock cost`: what an idle and a busy month of an environment cost, reckoned from its configuration. */
export function costCommand(program: Command): void {
  program
    .command("cost")
    .description("what an idle and a busy month on AWS cost, per pipeline; nothing is asked of AWS")
    .requiredOption("--env <name>", "the environment, of infra/environments.ts")
    .option("--prices-of <region>", `another region's prices: ${pricedRegions.join(", ")}`)
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
An idle month: deployed, and nothing arrives but what a pipeline makes by itself. A busy month: every day brings what each pipeline.ts says in its
volume, and a year of such days is stored. The prices and the day each was read: infra/src/cost/prices.ts.

Examples:
  pnpm penstock cost --env dev
  pnpm penstock cost --env prod --json`,
    )
    .action(async (options: Options) => {
      const { environment: config, pipelines } = await configured(options.env);
      const region = pricedRegion(config, options.pricesOf);
      const [idle, busy] = (["idle", "busy"] as const).map((month) =>
        estimate(pipelines, config, prices[region], month),
      );
      if (idle === undefined || busy === undefined) return;
      if (options.json) {
        return printJson({
          environment: config.name,
          region: config.region,
          prices_of: region,
          currency: "USD",
          idle,
          busy,
          always_free: alwaysFree,
          free_tier_source: freeTierSource,
          prices: prices[region],
          assumptions,
        });
      }
      const elsewhere = region === config.region ? "" : `, at the prices of ${region}`;
      print(`${config.name} in ${config.region}${elsewhere}: US dollars a month, before tax`);
      print(partsTable(idle, busy).toString());
      print(sumsTable(idle, busy).toString());
      print(costNotes(prices[region], busy));
    });
}

/** The region whose prices are used; never silently another than the environment's. */
function pricedRegion({ name, region }: EnvironmentConfig, asked: string | undefined): PricedRegion {
  const known = pricedRegions.join(", ");
  if (asked !== undefined && !isPriced(asked))
    throw new WrongUsage(`--prices-of ${asked}: the prices known are those of ${known}`);
  const chosen = asked ?? region;
  if (isPriced(chosen)) return chosen;
  throw new WrongUsage(
    `environment "${name}" is in ${region}; the prices known are those of ${known}. Reckon with one of them: ` +
      `pnpm penstock cost --env ${name} --prices-of ${pricedRegions[0]}; or add the region to infra/src/cost/prices.ts`,
  );
}

/** Each part's lines, the dearest first; what stays under a cent in both months is one line. */
function partsTable(idle: Estimate, busy: Estimate): Table.Table {
  const table = new Table({
    head: ["", "what", "busy amount", "idle", "busy"],
    colAligns: ["left", "left", "right", "right", "right"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const part of busy.parts) {
    const before = idle.parts.find(({ name }) => name === part.name);
    const lines = part.lines.map((line) => ({ ...line, idle: usdOf(before, line) }));
    const dear = lines.filter((line) => line.usd >= 0.005 || line.idle >= 0.005);
    const cheap = lines.filter((line) => !dear.includes(line));
    dear.sort((a, b) => b.usd - a.usd);
    for (const [at, line] of dear.entries()) {
      const name = at === 0 ? part.name : "";
      table.push([name, `${line.service} ${line.unit}`, amount(line.amount), usd(line.idle), usd(line.usd)]);
    }
    if (cheap.length > 0) {
      const sum = (of: (line: (typeof cheap)[number]) => number) =>
        cheap.reduce((total, line) => total + of(line), 0);
      table.push([
        "",
        `${cheap.length} more, each under a cent`,
        "",
        usd(sum((line) => line.idle)),
        usd(sum((line) => line.usd)),
      ]);
    }
    table.push(["", "together", "", usd(before?.usd ?? 0), usd(part.usd)]);
  }
  return table;
}

const usdOf = (part: Part | undefined, { item }: Line): number =>
  part?.lines.find((line) => line.item === item)?.usd ?? 0;

function sumsTable(idle: Estimate, busy: Estimate): Table.Table {
  const table = new Table({
    head: ["a month of all", "idle", "busy"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(
    ["at list prices", usd(idle.usd), usd(busy.usd)],
    ["always free, if nothing else in the account uses it", usd(-idle.freeUsd), usd(-busy.freeUsd)],
    ["to pay", usd(idle.dueUsd), usd(busy.dueUsd)],
  );
  return table;
}

const usd = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.005 ? "< 0.01" : value.toFixed(2).replace(/^-(0\.00)$/, "$1");

/** Two significant digits of what is little, else whole numbers. */
const amount = (value: number): string =>
  value < 10
    ? value.toLocaleString("en-GB", { maximumSignificantDigits: 2 })
    : Math.round(value).toLocaleString("en-GB");
