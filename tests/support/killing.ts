/** One run, told undisturbed and again with kills in it: what it comes to must be the same. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "@penstock/local/fault-points.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { items, notices, tables } from "./contents.ts";
import { filesOf, plantFiles } from "./kill-story.ts";
import { faultsFolder, Laptop } from "./laptop.ts";

/** All that can be seen of a lake afterwards. */
export interface Outcome {
  readonly tables: Awaited<ReturnType<typeof tables>>;
  readonly items: Awaited<ReturnType<typeof items>>;
  /** What was told of the run that was killed, the last time that it was. */
  readonly told: string | undefined;
  /** Bad news that came after the good. */
  readonly contradictions: readonly string[];
}

/** An outcome, what was killed on the way, and the kills that never came to be. */
export interface Told {
  readonly outcome: Outcome;
  /** Every point that was reached, in order. */
  readonly points: readonly string[];
  readonly killed: readonly Fault[];
  readonly missed: readonly Fault[];
  readonly attempts: number;
}

/** A lake with one run in it, and the files of the next. */
export class Killing {
  readonly laptop = new Laptop();
  private readonly pipeline: Pipeline;
  private told = 0;

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
  }

  /** The run that comes before. `$PENSTOCK_FAULTS` has to name the folder of faults by now. */
  async begin(): Promise<void> {
    if (process.env.PENSTOCK_FAULTS !== faultsFolder) throw new Error("PENSTOCK_FAULTS is not set");
    plantFiles(this.laptop.home, this.pipeline);
    await this.laptop.execute(this.pipeline.name, { inputs: Object.keys(filesOf(this.pipeline, 1)) });
    this.laptop.keep();
  }

  /** Runs the files from the same beginning until it is done, with a kill at each point as it is reached. */
  async tell(faults: readonly Fault[]): Promise<Told> {
    const { laptop, pipeline } = this;
    // the first finds everything as it was left
    if (this.told > 0) await laptop.restore();
    this.told += 1;
    const before = laptop.reached().length;
    laptop.plan(faults);
    let attempts = 0;
    for (let left = -1; ; ) {
      attempts += 1;
      const ended = await laptop.execute(pipeline.name, { inputs: Object.keys(filesOf(pipeline, 2)) });
      const planned = laptop.planned().length;
      if (ended === "SUCCEEDED" && (planned === 0 || planned === left)) break;
      // a kill that is not reached in two attempts is not reached at all
      if (attempts > faults.length + 5) break;
      left = planned;
      for (const run of this.runs()) await laptop.forgive(pipeline.name, run);
    }
    const reached = laptop.reached().slice(before);
    return {
      outcome: await this.outcome(),
      points: reached.map(({ point }) => point),
      killed: reached.flatMap(({ point, kill, killed }) => (kill && killed?.length ? [{ point, kill }] : [])),
      missed: laptop.planned(),
      attempts,
    };
  }

  private async outcome(): Promise<Outcome> {
    const { laptop, pipeline } = this;
    const told = notices(laptop, pipeline).slice(1);
    const good = told.findIndex((notice) => notice.includes("SUCCEEDED"));
    return {
      tables: await tables(laptop, pipeline),
      items: await items(laptop, pipeline),
      told: good < 0 ? undefined : told[good],
      contradictions: good < 0 ? [] : told.slice(good).filter((notice) => notice !== told[good]),
    };
  }

  private runs(): readonly string[] {
    return readdirSync(join(this.laptop.home.lake, "runs", this.pipeline.name))
      .sort()
      .slice(1);
  }
}
