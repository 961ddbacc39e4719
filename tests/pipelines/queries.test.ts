import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { asl } from "@penstock/workflows/asl.ts";
import { aslFaults } from "@penstock/workflows/asl-faults.ts";
import { assertQueries } from "@penstock/workflows/pipeline.ts";

test.each(pipelines.map((pipeline) => [pipeline.name, pipeline] as const))(
  "%s has a query for each metric that it serves, and a valid state machine",
  (_, pipeline) => {
    assertQueries(pipeline);
    expect(aslFaults(asl(pipeline.workflow))).toEqual([]);
  },
);
