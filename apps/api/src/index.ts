/** The Lambda function api of one pipeline: wiring only. */

import { pipelineNames } from "@penstock/lake/names.ts";
import { openSeriesReads } from "@penstock/lake/series-reads.ts";
import { type ApiContext, seriesApi } from "@penstock/steps/api/api.ts";
import { folderAssets } from "@penstock/steps/api/assets.ts";
import { apiFacts } from "@penstock/steps/api/facts.ts";
import { logLine } from "@penstock/steps/log.ts";
import { setting } from "@penstock/steps/setting.ts";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import pipeline from "#pipeline";
import { unambiguous } from "./raw-path.ts";

let answer: ReturnType<typeof handle> | undefined;

export async function handler(event: LambdaEvent, context?: LambdaContext) {
  answer ??= handle(seriesApi(wire(process.env)));
  return await answer(unambiguous(event), context);
}

function wire(environment: Readonly<Record<string, string | undefined>>): ApiContext {
  const facts = apiFacts(pipeline);
  const { dataset, key, time } = facts.serves.series;
  const names = pipelineNames({ name: setting(environment, "ENVIRONMENT") }, pipeline.name);
  return {
    facts,
    reads: openSeriesReads({ rows: names.series(dataset), figures: names.figures(dataset), key, time }),
    // the bundler put them beside this function's code
    assets: folderAssets(new URL("./", import.meta.url)),
    log: (record) => console.error(logLine(record, new Date())),
    now: () => new Date(),
  };
}
