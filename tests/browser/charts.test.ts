import { jest, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { energyCharts } from "./energy-charts.ts";

jest.setTimeout(120_000);

// the pipeline's folder may be deleted
if (pipelines.some(({ name }) => name === "energy")) energyCharts();
else test("no pipeline has charts", () => {});
