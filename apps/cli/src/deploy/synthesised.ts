/** Builds what is deployed and turns the pipelines' folders into Terraform. */

import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { bundleFunctions } from "../bundles.ts";
import { begin } from "../console.ts";
import { Failure } from "../failure.ts";
import { ensureSetUp } from "../setting-up.ts";

/** Looks at the pipelines' folders before anything is asked of AWS. @throws Failure naming one that is not whole */
export async function requireFolders(): Promise<void> {
  const { checkFolders } = await import("@penstock/infra/check-folders.ts");
  try {
    checkFolders(toolchain.repository, pipelines);
  } catch (error) {
    throw asFailure(error);
  }
}

/** @throws Failure when pipelines contradict each other, or something that is deployed was not built */
export async function synthesised(environment: EnvironmentConfig): Promise<StackFolders> {
  // of what is set up, jobs on AWS need the jars
  await ensureSetUp();
  await bundleFunctions();
  // takes a moment to load, and most commands never need it
  const { synthesise } = await import("@penstock/infra/synthesise.ts");
  const line = begin("Synthesising the stacks");
  try {
    const folders = synthesise(environment);
    line.done();
    return folders;
  } catch (error) {
    line.fail();
    throw asFailure(error);
  }
}

/** What a person can mend is told in a sentence. */
const asFailure = (error: unknown): unknown =>
  error instanceof Error && ["PipelineFault", "NotBuilt"].includes(error.name)
    ? new Failure(error.message)
    : error;
