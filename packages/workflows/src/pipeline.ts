/** The front door of a pipeline's folder: what triggers it, what it holds, what it serves. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import type { Workflow } from "./workflow.ts";

/** When a pipeline runs: an object below the prefix, and now and then a sweep for events that were lost. */
export interface Trigger {
  /** Where its files are dropped, inside the lake: `raw/ev_sessions/`. */
  readonly prefix: string;
  readonly sweep: "hourly" | "daily";
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

export interface Pipeline {
  /** The folder's name, in kebab case. */
  readonly name: string;
  readonly description: string;
  readonly datasets: readonly Dataset[];
  readonly trigger: Trigger;
  readonly workflow: Workflow;
  readonly lookups: readonly Lookup[];
  readonly queries: Queries;
}

/**
 * Defines a pipeline.
 *
 * @throws ContractError when it names a metric that has no query, or a prefix that is none
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
  for (const lookup of facts.lookups) checkLookup(facts, lookup);
  return facts;
}

function checkLookup(facts: Pipeline, lookup: Lookup): void {
  const where = `pipeline "${facts.name}", lookup "${lookup.key}"`;
  for (const metric of lookup.metrics) {
    if (metric in facts.queries.metrics) continue;
    const known = Object.keys(facts.queries.metrics);
    throw new ContractError({ problem: `${where}: no such metric query`, found: metric, known });
  }
  for (const metric of lookup.cloudwatch) {
    if (lookup.metrics.includes(metric)) continue;
    throw new ContractError({
      problem: `${where}: cloudwatch names no metric of it`,
      found: metric,
      known: lookup.metrics,
    });
  }
}
