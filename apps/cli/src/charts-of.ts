import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Charts } from "@penstock/charts/charts-of-pipeline.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { WrongUsage } from "./failure.ts";

const folder = join(toolchain.repository, "packages/pipelines");

/** The charts of a pipeline's folder, and the path of its drawings. @throws WrongUsage naming those that have charts */
export async function chartsOf(pipeline: string): Promise<{ charts: Charts; drawings: string }> {
  const known = withCharts();
  if (!known.includes(pipeline)) {
    const others = known.length === 0 ? "no pipeline has charts" : `charts are there of: ${known.join(", ")}`;
    throw new WrongUsage(`there are no charts of ${JSON.stringify(pipeline)}; ${others}`);
  }
  const charts = (await import(join(folder, pipeline, "charts.ts"))) as Charts;
  return { charts, drawings: join(folder, pipeline, "charts/drawings.ts") };
}

/** The pipelines whose folder has a charts.ts, by name. */
function withCharts(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "charts.ts")))
    .sort();
}
