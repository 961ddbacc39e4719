/** Builds what is deployed and turns the pipelines' folders into Terraform. */

import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { bundleFunctions } from "../bundles.ts";
import { begin } from "../console.ts";
import { Failure } from "../failure.ts";
import { ensureSetUp } from "../setting-up.ts";

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
    if (error instanceof Error && ["PipelineFault", "NotBuilt"].includes(error.name))
      throw new Failure(error.message);
    throw error;
  }
}
