/** Turns the pipelines' folders into Terraform: a folder each for bootstrap, storage and pipelines. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { pipelines as all } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { App } from "cdktf";
import { Asset } from "./asset.ts";
import { checkFolders } from "./check-folders.ts";
import { checkNames } from "./check-names.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { builtCode, type Code } from "./code.ts";
import type { EnvironmentConfig } from "./config.ts";
import { type StackName, stackNames } from "./stack-names.ts";
import { BootstrapStack } from "./stacks/bootstrap.ts";
import { stackId } from "./stacks/environment-stack.ts";
import { PipelinesStack } from "./stacks/pipelines.ts";
import { StorageStack } from "./stacks/storage.ts";

/** Where stacks are synthesised to, unless told otherwise. */
const defaultOutput = join(toolchain.repository, "infra", "cdktf.out");

/** The folder of each stack, in the order in which they are applied. */
export type StackFolders = Readonly<Record<StackName, string>>;

export interface SynthesisOptions {
  /** @default `infra/cdktf.out` */
  readonly output?: string;
  /** @default every pipeline there is */
  readonly pipelines?: readonly Pipeline[];
  /** @default what the repository has built */
  readonly code?: Code;
}

/**
 * Synthesises the stacks of an environment.
 *
 * @throws PipelineFault when the pipelines' folders are not whole, contradict each other, or have names
 *   that AWS does not take; NotBuilt when a bundle or a jar is missing
 */
export function synthesise(environment: EnvironmentConfig, options: SynthesisOptions = {}): StackFolders {
  const { output = defaultOutput, pipelines = all, code = builtCode() } = options;
  if (options.pipelines === undefined) checkFolders(toolchain.repository, pipelines);
  checkPipelines(pipelines);
  const deployed = pipelines.filter(
    ({ name }) => environment.pipelines === "all" || environment.pipelines.includes(name),
  );
  const folder = (name: StackName) => join(output, "stacks", stackId(environment.name, name));
  const app = new App({ outdir: output });
  const stacks = {
    bootstrap: new BootstrapStack(app, environment),
    storage: new StorageStack(app, environment, deployed),
    pipelines: new PipelinesStack(app, environment, deployed, code),
  };
  checkNames(Object.values(stacks));
  app.synth();
  for (const name of stackNames) {
    rmSync(join(folder(name), "assets"), { recursive: true, force: true });
    for (const node of stacks[name].node.findAll()) {
      if (node instanceof Asset) node.write(folder(name));
    }
  }
  return { bootstrap: folder("bootstrap"), storage: folder("storage"), pipelines: folder("pipelines") };
}
