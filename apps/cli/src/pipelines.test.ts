import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { WrongUsage } from "./failure.ts";
import { pipelineNamed, pipelineOfDataset } from "./pipelines.ts";

const datasets = pipelines.flatMap((pipeline) =>
  pipeline.datasets.map(({ name }) => ({ name, of: pipeline.name })),
);

test.each(datasets)("$name is a dataset of $of", ({ name, of }) => {
  expect(pipelineOfDataset(name).name).toBe(of);
});

test.each(pipelines.filter(({ name }) => datasets.every((dataset) => dataset.name !== name)))(
  "where a dataset is asked for, $name is answered with its own",
  (pipeline) => {
    const its = pipeline.datasets.map(({ name }) => name).join(", ");
    expect(() => pipelineOfDataset(pipeline.name)).toThrow(
      new WrongUsage(`${pipeline.name} is a pipeline; name a dataset of it: ${its}`),
    );
  },
);

test.each([
  ["dataset", pipelineOfDataset, datasets[0]?.name ?? ""],
  ["pipeline", pipelineNamed, pipelines[0]?.name ?? ""],
])("a %s that is mistyped is answered with the nearest", (kind, find, name) => {
  expect(() => find(`${name}x`)).toThrow(`there is no ${kind} "${name}x"; did you mean ${name}? Known: `);
});
