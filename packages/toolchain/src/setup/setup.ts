import { mkdirSync } from "node:fs";
import { lock } from "proper-lockfile";
import { toolchain } from "../paths.ts";
import { checkov } from "./checkov.ts";
import { duckdbExtensions } from "./duckdb.ts";
import { awsJars, jars } from "./jars.ts";
import { java } from "./java.ts";
import { pythonEnvironment, pythonTestTools } from "./python.ts";
import { isDone, perform, type Step } from "./step.ts";

/** Everything the laptop needs beyond Node, in order. With `tests`, what only the tests need as well. */
export function toolchainSteps(options: { tests: boolean }): readonly Step[] {
  return [
    pythonEnvironment,
    java,
    jars,
    duckdbExtensions,
    ...(options.tests ? [pythonTestTools, checkov, awsJars] : []),
  ];
}

/** The steps that are still to be done, or to be done again. */
export const pendingSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.filter((step) => !isDone(step));

/** What a view of the progress is told. */
export interface SetupView {
  begin(step: Step, position: number, of: number): void;
  progress(step: Step, line: string): void;
  end(step: Step, seconds: number): void;
}

/** Does the steps that are still to be done, in their order. One process at a time; a second waits. */
export async function setUp(steps: readonly Step[], view: SetupView): Promise<void> {
  if (pendingSteps(steps).length === 0) return;
  mkdirSync(toolchain.root, { recursive: true });
  const release = await lock(toolchain.root, {
    stale: 30_000,
    retries: { forever: true, maxTimeout: 2_000 },
  });
  try {
    const pending = pendingSteps(steps);
    for (const [index, step] of pending.entries()) {
      const began = performance.now();
      view.begin(step, index + 1, pending.length);
      await perform(step, (line) => view.progress(step, line));
      view.end(step, (performance.now() - began) / 1000);
    }
  } finally {
    await release();
  }
}
