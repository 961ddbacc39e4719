/** What must hold of a ledger once all is quiet, whatever happened on the way. */

import type { Input, Run, Totals } from "@penstock/lake/ledger-entries.ts";
import { local, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Laptop } from "../support/laptop.ts";

export interface Ledger {
  readonly inputs: readonly Input[];
  readonly runs: readonly Run[];
  readonly totals: Totals | undefined;
}

export async function ledgerOf(laptop: Laptop, pipeline: Pipeline): Promise<Ledger> {
  const items = (await laptop.scan(sharedNames(local).ledger)).filter(
    (item) => item.pipeline === pipeline.name,
  );
  const of = <T>(kind: string): T[] =>
    items.filter(({ item }) => String(item).startsWith(kind)) as unknown as T[];
  return { inputs: of<Input>("input#"), runs: of<Run>("run#"), totals: of<Totals>("totals")[0] };
}

/** Every sentence is something that does not hold. */
export function faultsOf(
  { inputs, runs, totals }: Ledger,
  keys: readonly string[],
  rows: Readonly<Record<string, number>>,
): string[] {
  const ended = runs.filter(({ status }) => status === "SUCCEEDED");
  const known = new Set(inputs.map(({ key }) => key));
  return [
    ...keys.filter((key) => !known.has(key)).map((key) => `${key} was never seen`),
    ...inputs
      .filter(({ status }) => status !== "done" && status !== "rejected")
      .map(({ key, status }) => `${key} is ${status}`),
    ...inputs
      .filter(({ status }) => status === "done")
      .flatMap(({ key, hash }) => inOneRun(key, hash, ended)),
    ...ended.flatMap(unbalanced),
    ...Object.entries(rows).flatMap(([dataset, count]) =>
      totals?.rows[dataset] === count
        ? []
        : [`${dataset} has ${count} rows, the ledger says ${totals?.rows[dataset]}`],
    ),
  ];
}

function inOneRun(key: string, hash: string, ended: readonly Run[]): string[] {
  const having = ended.filter(({ files }) => files.some((file) => file.key === key && file.hash === hash));
  return having.length === 1 ? [] : [`${key} is in ${having.length} runs`];
}

function unbalanced({ run_id, datasets }: Run): string[] {
  return Object.entries(datasets).flatMap(([name, of]) => [
    ...(of.read === of.accepted + of.quarantined + of.duplicates
      ? []
      : [`run ${run_id}: of ${name} more or less was read than became of it`]),
    ...(of.accepted === of.inserted + of.updated + of.unchanged + of.superseded
      ? []
      : [`run ${run_id}: of ${name} more or less was accepted than became of it`]),
  ]);
}

/** The names of the lookup tables. */
export const lookupTables = ({ name, lookups }: Pipeline): string[] =>
  lookups.map(({ key }) => pipelineNames(local, name).lookup(key));
