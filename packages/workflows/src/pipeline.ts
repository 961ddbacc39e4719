/** The front door of a pipeline's folder: what triggers it, what it holds, what it serves. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import type { Serves } from "./series.ts";
import type { StartedFunction } from "./started-function.ts";
import { checkVolume, type Volume } from "./volume.ts";
import type { Workflow } from "./workflow.ts";

/** How often something is done. */
export type Rhythm = "hourly" | "daily" | "weekly";

/** When a pipeline's state machine runs: an object below the prefix, a sweep for what no event told of, and maintenance. */
export interface Trigger {
  /** Where its files are dropped, inside the lake: `raw/ev_sessions/`. */
  readonly prefix: string;
  /** Whether each object starts it; where not, the sweep takes what came since the last. Yes by default. */
  readonly objects?: boolean;
  readonly sweep: Rhythm;
  /** Compaction, and removal of what nobody needs any more. */
  readonly maintenance: Rhythm;
}

/** A DynamoDB table that serves figures by one key. */
export interface Lookup {
  /** The table's partition key, and the first column of each of its metrics. */
  readonly key: string;
  /** The metric queries whose rows it holds. */
  readonly metrics: readonly string[];
  /** Those of them that are CloudWatch metrics too; never one whose key is personal data. */
  readonly cloudwatch: readonly string[];
}

/** A query that analysts can run by name. */
export interface NamedQuery {
  readonly sql: string;
  readonly description: string;
}

/** The pipeline's Athena SQL, by file name. */
export interface Queries {
  readonly metrics: Readonly<Record<string, string>>;
  /** Sanity queries: each returns the rows that offend; none is well. */
  readonly checks: Readonly<Record<string, string>>;
  readonly named: Readonly<Record<string, NamedQuery>>;
}

/** One format that a pipeline's files come in, as far as it can be told without Spark. */
export interface Profile {
  /** The folder's name below sources/. */
  readonly name: string;
  /** The names of the columns; a file may have them in any order, case and quotes. */
  readonly header: readonly string[];
  /** Where its files lie below the trigger's prefix: `orders/`; null when they may lie anywhere. */
  readonly folder: string | null;
  /** Whether a quoted field may hold line breaks. */
  readonly multiline: boolean;
  /** CSV unless it says otherwise; of JSON, `header` names the fields. */
  readonly format?: "csv" | "json";
  /** The datasets that it yields rows of. */
  readonly datasets: readonly string[];
}

export interface Pipeline {
  /** The folder's name, in kebab case. */
  readonly name: string;
  readonly description: string;
  readonly datasets: readonly Dataset[];
  readonly trigger: Trigger;
  readonly workflow: Workflow;
  readonly lookups: readonly Lookup[];
  readonly queries: Queries;
  /** The functions that are not started by its state machine, besides its API's. */
  readonly functions?: readonly StartedFunction[];
  /** What its HTTP API serves. */
  readonly serves?: Serves;
  /** What it is expected to carry; what `penstock cost` reckons with. */
  readonly volume: Volume;
  /** What its files may be: needed when its workflow validates them, or some are JSON. */
  readonly profiles?: readonly Profile[];
}

/**
 * Defines a pipeline.
 *
 * @throws ContractError when its name or prefix is none, a lookup contradicts itself, or its volume is none
 */
export function pipeline(facts: Pipeline): Pipeline {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(facts.name)) {
    throw new ContractError({ problem: "bad name of a pipeline", found: facts.name, expected: "kebab case" });
  }
  if (!/^raw\/.*\/$/.test(facts.trigger.prefix)) {
    throw new ContractError({
      problem: `pipeline "${facts.name}": bad trigger prefix`,
      found: facts.trigger.prefix,
      expected: '"raw/…/", ending in a slash',
    });
  }
  for (const [at, { name, foreignKeys }] of facts.datasets.entries()) {
    const before = facts.datasets.slice(0, at).map((dataset) => dataset.name);
    const stranger = foreignKeys.find(({ dataset }) => !before.includes(dataset));
    if (stranger === undefined) continue;
    throw new ContractError({
      problem: `pipeline "${facts.name}": "${name}" refers to a dataset that is not listed before it`,
      found: stranger.dataset,
      known: before,
    });
  }
  for (const lookup of facts.lookups) {
    const stranger = lookup.cloudwatch.find((metric) => !lookup.metrics.includes(metric));
    if (stranger === undefined) continue;
    throw new ContractError({
      problem: `pipeline "${facts.name}", lookup "${lookup.key}": cloudwatch names no metric of it`,
      found: stranger,
      known: lookup.metrics,
    });
  }
  checkVolume(facts.name, facts.volume, facts);
  return facts;
}

/**
 * Checks that every metric has its query. Not done by `pipeline`, since the queries are a generated file: who adds
 * a metric and its query must be able to load the pipeline in order to generate.
 *
 * @throws ContractError naming the first metric that has none
 */
export function assertQueries({ name, lookups, queries }: Pipeline): void {
  const known = Object.keys(queries.metrics);
  for (const { key, metrics } of lookups) {
    const missing = metrics.find((metric) => !known.includes(metric));
    if (missing === undefined) continue;
    throw new ContractError({
      problem: `pipeline "${name}", lookup "${key}": no such metric query`,
      found: missing,
      known,
    });
  }
}
