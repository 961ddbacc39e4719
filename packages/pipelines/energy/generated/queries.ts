// Generated from packages/pipelines/energy/queries; do not edit.

import type { Queries } from "@penstock/workflows/pipeline.ts";

export const queries = {
  metrics: {},
  checks: {},
  named: {},
} as const satisfies Queries;
