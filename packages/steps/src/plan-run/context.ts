/** What plan-run needs to know and to reach; every step of it gets this. */

import type { Executions } from "@penstock/lake/executions.ts";
import type { JobRuns } from "@penstock/lake/job-runs.ts";
import type { Ledger } from "@penstock/lake/ledger.ts";
import type { EmitSample } from "@penstock/lake/metrics.ts";
import type { Objects } from "@penstock/lake/objects.ts";

/** The facts of one pipeline in one environment. */
export interface PlanRunFacts {
  readonly pipeline: string;
  readonly environment: string;
  readonly database: string;
  /** Where its files are dropped: `raw/ev_sessions/`. */
  readonly prefix: string;
  readonly datasets: readonly string[];
  /** Sanity queries by name. They may name the run's figures, and `${metrics.<name>}` for a metric's query. */
  readonly checks: Readonly<Record<string, string>>;
  /** Metric queries by name. */
  readonly metrics: Readonly<Record<string, string>>;
  /** How long a lease lasts: longer than an execution may take, so that only a dead one's expires. */
  readonly leaseSeconds: number;
}

export interface PlanRunContext {
  readonly facts: PlanRunFacts;
  readonly ledger: Ledger;
  readonly objects: Objects;
  readonly jobRuns: JobRuns;
  readonly executions: Executions;
  readonly emit: EmitSample;
  readonly now: () => Date;
  /** So many random hexadecimal digits. */
  readonly randomHex: (digits: number) => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
