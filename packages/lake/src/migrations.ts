/** Brings tables to contracts that have changed: a run of the pipeline that does nothing else. */

import { randomUUID } from "node:crypto";
import { GlueClient } from "@aws-sdk/client-glue";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { type Environment, pipelineNames, sharedNames, stateMachineArn } from "./names.ts";
import { type Difference, differences } from "./table-differences.ts";

/** A pipeline, as far as its tables go. */
export interface PipelineTables {
  readonly name: string;
  readonly datasets: readonly Dataset[];
}

export interface Migration {
  readonly pipeline: string;
  /** What the tables lack of their contracts. */
  readonly differences: readonly Difference[];
  /** The ARN of the execution that brings it. */
  readonly execution: string;
}

/** Starts a run for each pipeline whose tables are not what their contracts say. */
export async function startMigrations(
  environment: Environment,
  pipelines: readonly PipelineTables[],
): Promise<readonly Migration[]> {
  const started: Migration[] = [];
  for (const [pipeline, found] of await allDifferences(environment, pipelines)) {
    const execution = await startMigration(environment, pipeline);
    started.push({ pipeline, differences: found, execution });
  }
  return started;
}

/** Every difference between a table and its contract, by pipeline; those without one are left out. */
export async function allDifferences(
  environment: Environment,
  pipelines: readonly PipelineTables[],
): Promise<ReadonlyMap<string, readonly Difference[]>> {
  const client = new GlueClient();
  const { database } = sharedNames(environment);
  const found = new Map<string, readonly Difference[]>();
  for (const { name, datasets } of pipelines) {
    const each = await Promise.all(datasets.map((dataset) => differences(dataset, database, client)));
    if (each.flat().length > 0) found.set(name, each.flat());
  }
  return found;
}

/** Starts a run that migrates; it waits for the run under way, if there is one. Returns the execution's ARN. */
async function startMigration(environment: Environment, pipeline: string): Promise<string> {
  const { executionArn = "" } = await new SFNClient().send(
    new StartExecutionCommand({
      stateMachineArn: stateMachineArn(environment, pipelineNames(environment, pipeline).stateMachine),
      name: `migrate-${randomUUID()}`,
      input: JSON.stringify({ work: { kind: "migrate" } }),
    }),
  );
  return executionArn;
}
