/** Where access is granted: the environment, whose key encrypts everything, and the pipeline whose role it is. */

import type { Environment } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";

export interface Place {
  readonly environment: Environment;
  /** The KMS key that buckets, tables, topics, queues and secrets are encrypted with. */
  readonly keyArn: string;
}

export interface PipelinePlace extends Place {
  readonly pipeline: Pipeline;
}
