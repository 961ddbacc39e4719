/** Brings tables to contracts that have changed: a run of the pipeline that does nothing else. */

import { randomUUID } from "node:crypto";
import { GlueClient } from "@aws-sdk/client-glue";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { pipelineNames, sharedNames, stateMachineArn } from "@penstock/lake/names.ts";
import { type Difference, differences } from "@penstock/lake/table-differences.ts";
import type { Deployed } from "../session/environment.ts";

/** Every difference between a table and its contract, by pipeline; those without one are left out. */
export async function allDifferences({
  environment,
  pipelines,
}: Deployed): Promise<ReadonlyMap<string, readonly Difference[]>> {
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
export async function startMigration({ environment }: Deployed, pipeline: string): Promise<string> {
  const { executionArn = "" } = await new SFNClient().send(
    new StartExecutionCommand({
      stateMachineArn: stateMachineArn(environment, pipelineNames(environment, pipeline).stateMachine),
      name: `migrate-${randomUUID()}`,
      input: JSON.stringify({ work: { kind: "migrate" } }),
    }),
  );
  return executionArn;
}

/** `charging_sessions.power_kw: the contract says double, Glue has nothing`. */
export const told = ({ dataset, column, contract, where, found }: Difference): string =>
  `${dataset}.${column}: the contract says ${contract ?? "nothing"}, ${where} has ${found ?? "nothing"}`;
