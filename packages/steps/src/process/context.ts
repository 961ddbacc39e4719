/** What process needs to know and to reach. */

import type { Ledger } from "@penstock/lake/ledger.ts";
import type { EmitSample } from "@penstock/lake/metrics.ts";
import type { Objects } from "@penstock/lake/objects.ts";
import type { PagedQueries } from "@penstock/lake/queries.ts";
import type { SeriesFigures } from "@penstock/lake/series-figures.ts";
import type { SeriesRows } from "@penstock/lake/series-rows.ts";
import type { Topic } from "@penstock/lake/topic.ts";
import type { LogRecord } from "../log.ts";
import type { RowFacts } from "./conform-record.ts";
import type { LeaseContext } from "./exclusively.ts";

export interface ProcessFacts extends RowFacts {
  readonly pipeline: string;
  readonly environment: string;
  /** Where its files are dropped: `raw/energy/`. */
  readonly prefix: string;
}

export interface ProcessContext extends LeaseContext {
  readonly facts: ProcessFacts;
  readonly objects: Objects;
  readonly ledger: Ledger;
  readonly queries: PagedQueries;
  readonly rows: SeriesRows;
  readonly figures: SeriesFigures;
  readonly topic: Topic;
  readonly emit: EmitSample;
  readonly log: (record: LogRecord) => void;
}
