import { relative } from "node:path";
import type { Asked } from "@penstock/charts/charts-of-pipeline.ts";
import type { Command } from "commander";
import { apiUrlOf } from "../api-url.ts";
import { chartsOf } from "../charts-of.ts";
import { begin, printJson, say } from "../console.ts";
import { Failure, WrongUsage } from "../failure.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { typedDay } from "../typed-day.ts";
import { typedPath } from "../typed-path.ts";

interface Options {
  readonly api?: string;
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock charts`: a pipeline's charts, from its HTTP API, as pages that need no network. */
export function chartsCommand(program: Command): void {
  program
    .command("charts")
    .argument("<pipeline>")
    .description("write a pipeline's charts as interactive HTML, from its HTTP API")
    .option("--api <url>", "where the API's paths begin; else the API of the laptop, or of --env")
    .option("--out <folder>", "where the pages go", "charts/")
    .option("--from <date>", "the first UTC day; else 30 days up to the last")
    .option("--to <date>", "the last UTC day; else the last with readings, of each site")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
The pages hold all that they need: they open from disk, without a network, and can be sent by mail.

Examples:
  pnpm penstock charts energy
  pnpm penstock charts energy --from 2026-11-01 --to 2026-11-28 --out november/
  pnpm penstock charts energy --api https://abc123.execute-api.eu-west-1.amazonaws.com`,
    )
    .action(async (name: string, options: Options) => {
      const { charts, drawings } = await chartsOf(name);
      const from = day("--from", options.from);
      const to = day("--to", options.to);
      if (from !== null && to !== null && from > to)
        throw new WrongUsage(`--from ${from} is after --to ${to}`);
      const out = typedPath(options.out);
      const url = await addressOf(name, options);
      // Plot and esbuild are not for the other commands to wait for
      const { openApi, ApiFailure } = await import("@penstock/charts/api.ts");
      const { writeReport } = await import("@penstock/charts/write-report.ts");

      const reading = begin(`reading ${url}`);
      const asked: Asked = { from, to, now: new Date(), tell: (what) => reading.update(what) };
      const report = await charts.reportOf(openApi(url), asked).catch((error) => {
        reading.fail();
        throw error instanceof ApiFailure ? new Failure(error.message) : error;
      });
      reading.done();
      const writing = begin(`writing ${options.out}`);
      const files = await writeReport(report, drawings, out).catch((error) => {
        writing.fail();
        throw hasCode(error) ? new Failure(`can't write to ${out}: ${error.message}`) : error;
      });
      writing.done(`${files.length} pages`);
      say(report.lead);
      say(`open ${relative(process.cwd(), files[0] ?? out) || files[0]}`);
      if (options.json) printJson({ pipeline: name, api: url, out, files, sites: report.taken });
    });
}

async function addressOf(pipeline: string, { api, env }: Options): Promise<string> {
  if (api === undefined)
    return await withSession({ env, pipeline: pipelineNamed(pipeline) }, (session) =>
      apiUrlOf(session, pipeline),
    );
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol))
    throw new WrongUsage(`--api ${api}: expected an address such as http://127.0.0.1:4000`);
  return api;
}

function day(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  typedDay(option, text);
  return text;
}

/** What the file system says. */
const hasCode = (error: unknown): error is Error => error instanceof Error && "code" in error;
