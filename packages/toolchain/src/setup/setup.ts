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
export const pendingSteps = (steps: readonly Step[], root: string = toolchain.root): readonly Step[] =>
  steps.filter((step) => !isDone(step, root));

/** What a view of the progress is told. */
export interface SetupView {
  begin(step: Step, position: number, of: number): void;
  progress(step: Step, line: string): void;
  end(step: Step, seconds: number): void;
}

/** Does the steps that are still to be done, in their order. One process at a time; a second waits. */
export async function setUp(
  steps: readonly Step[],
  view: SetupView,
  root: string = toolchain.root,
): Promise<void> {
  if (pendingSteps(steps, root).length === 0) return;
  mkdirSync(root, { recursive: true });
  const release = await lock(root, {
    stale: 30_000,
    retries: { forever: true, maxTimeout: 2_000 },
  });
  try {
    let position = 0;
    for (const step of steps) {
      // asked before each: a Python environment made anew has lost what later steps had put into it
      const pending = pendingSteps(steps, root);
      if (!pending.includes(step)) continue;
      const began = performance.now();
      view.begin(step, position + 1, position + pending.length);
      await perform(step, (line) => view.progress(step, line), root);
      view.end(step, (performance.now() - began) / 1000);
      position += 1;
    }
  } finally {
    await release();
  }
}
