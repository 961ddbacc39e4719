/** Contracts that have changed, as if somebody had edited the pipelines' folders, and what is made of them. */

import { join } from "node:path";
import { string } from "@penstock/contracts/column.ts";
import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { execa } from "execa";

/** The column that every dataset has gained. */
export const gained = "added_later";

export function withGainedColumn(pipeline: Pipeline): Pipeline {
  const { column } = string().optional().describe("What nobody thought of at first.");
  return {
    ...pipeline,
    datasets: pipeline.datasets.map((dataset) => ({
      ...dataset,
      columns: { ...dataset.columns, [gained]: column },
    })),
  };
}

export interface Synthesised {
  /** The folder of the storage stack. */
  readonly storage: string;
  /** The job script of each pipeline that has changed. */
  readonly script: (pipeline: string) => string;
}

/**
 * Makes stacks and job scripts of all pipelines, those of the names with their contracts changed.
 *
 * In a process of its own: inside of jest, CDKTF takes several times as long.
 */
export async function synthesiseChanged(
  environment: EnvironmentConfig,
  names: readonly string[],
  folder: string,
): Promise<Synthesised> {
  const program = join(import.meta.dirname, "synthesise-changed.ts");
  const { stdout } = await execa(process.execPath, [program, folder, ...names], {
    input: JSON.stringify(environment),
  });
  return { storage: stdout.trim(), script: (pipeline) => join(folder, `${pipeline}.py`) };
}

/** The pipelines, those of the names changed. */
export const changedPipelines = (names: readonly string[]): readonly Pipeline[] =>
  pipelines.map((each) => (names.includes(each.name) ? withGainedColumn(each) : each));
