/** What the functions that no state machine starts use in a month, and what they serve. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { type StartedFunction, startedFunctions } from "@penstock/workflows/started-function.ts";
import { assumptions } from "./assumptions.ts";
import { gb, hoursPerMonth, logs, type Month, type Sizes, together, type Usage } from "./month.ts";

/** @param files how many arrive in the month */
export function startedUsage(
  pipeline: Pipeline,
  sizes: Sizes,
  { month, files }: { readonly month: Month; readonly files: number },
): Usage {
  const { volume, serves } = pipeline;
  const { daysPerMonth } = assumptions;
  const requests = month === "busy" ? (volume.series?.requestsPerDay ?? 0) * daysPerMonth : 0;
  const started = startedFunctions(pipeline).map((each) => {
    const calls = callsOf(each, { files, requests });
    return { each, calls };
  });
  const byObjects = sum(started.filter(({ each }) => each.by.kind === "objects").map(({ calls }) => calls));
  const byClock = sum(started.filter(({ each }) => each.by.kind === "schedule").map(({ calls }) => calls));
  const notices = byObjects * assumptions.noticesPerFile;
  return together([
    ...started.map(({ each, calls }) => functionUsage(each, calls, sizes)),
    {
      httpRequest: requests,
      schedule: byClock,
      trace: byObjects + byClock + requests,
      kmsRequest: (byObjects + byClock) * assumptions.kmsRequestsPerCall,
      snsPublish: notices,
      snsEmail: notices * sizes.emails.length,
      // each for the hours in which it is sent
      customMetric:
        serves === undefined
          ? 0
          : (assumptions.countsPerFile * Math.min(byObjects, hoursPerMonth)) / hoursPerMonth,
    },
    serves === undefined ? {} : seriesUsage(volume, { files, requests }),
    logs(
      (byObjects + byClock + requests) * assumptions.logBytes.call + requests * assumptions.logBytes.request,
      sizes,
    ),
  ]);
}

interface Arriving {
  readonly files: number;
  readonly requests: number;
}

function callsOf({ by }: StartedFunction, { files, requests }: Arriving): number {
  switch (by.kind) {
    case "objects":
      return files;
    case "schedule":
      return (assumptions.daysPerMonth * 24 * 60) / by.everyMinutes;
    case "http":
      return requests;
  }
}

function functionUsage({ by, memoryMb }: StartedFunction, calls: number, { functions }: Sizes): Usage {
  const gigabytes = Math.max(memoryMb, functions.memoryMb) / 1024;
  return {
    lambdaRequest: calls,
    lambdaGbSecond: calls * assumptions.startedSeconds[by.kind] * gigabytes,
  };
}

/** The tables of a series: rows as long as there are files of them, all of a year kept. */
function seriesUsage({ series }: Pipeline["volume"], { files, requests }: Arriving): Usage {
  const { daysPerMonth, monthsOfData, seriesRow, seriesRowBytes, readsPerRequest } = assumptions;
  const rows = files === 0 ? 0 : (series?.rowsPerDay ?? 0) * daysPerMonth;
  return {
    dynamoWrite: rows * seriesRow.writes,
    dynamoRead: rows * seriesRow.reads + requests * readsPerRequest,
    dynamoGbMonth: (rows * monthsOfData * seriesRowBytes) / gb,
  };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
