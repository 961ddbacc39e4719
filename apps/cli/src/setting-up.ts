import { MissingOnMachine } from "@penstock/toolchain/setup/missing.ts";
import { pendingSteps, setUp, toolchainSteps } from "@penstock/toolchain/setup/setup.ts";
import { classDataArchive } from "./class-data.ts";
import { begin, type Line, say } from "./console.ts";
import { Failure } from "./failure.ts";

/** Sets up what is still missing, with a line of progress for each step; says nothing when all is there. */
export async function ensureSetUp(options: { tests: boolean } = { tests: false }): Promise<void> {
  // the archive is made by a run, which comes here itself
  const making = process.env.PENSTOCK_CLASS_DATA !== undefined;
  const steps = [...toolchainSteps(options), ...(making ? [] : [classDataArchive])];
  if (pendingSteps(steps).length === 0) return;
  say("Setting up (once; what is already there is kept):");
  let line: Line | undefined;
  try {
    await setUp(steps, {
      begin: (step, position, of) => {
        line = begin(`[${position}/${of}] ${step.title}`);
      },
      progress: (_, detail) => line?.update(detail),
      end: () => line?.done(),
    });
  } catch (error) {
    line?.fail();
    if (error instanceof MissingOnMachine) throw new Failure(error.message);
    const detail = error instanceof Error ? error.message : String(error);
    throw new Failure(
      `Setting up stopped: ${detail}\nRun the same command again: what is finished is kept and the rest goes on.`,
    );
  }
  say();
}
