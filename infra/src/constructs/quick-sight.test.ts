import { expect, test } from "@jest/globals";
import { long, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { made } from "../testing/made.ts";
import { QuickSight } from "./quick-sight.ts";

const meters = dataset("meters", {
  description: "A meter.",
  columns: { meter: long().describe("Its number."), place: string().optional().describe("Where.") },
  primaryKey: ["meter"],
  write: merge(),
});
const readings = dataset("readings", {
  description: "A reading.",
  columns: { id: string().describe("Its id."), read_at: timestamp().describe("When.") },
  primaryKey: ["id"],
  write: merge(),
});
const owner = "arn:aws:quicksight:eu-west-1:111111111111:user/default/ann";

const quickSight = () =>
  made((scope) => {
    new QuickSight(scope, "quick-sight", {
      name: "penstock-dev",
      workGroup: "penstock-dev",
      database: "penstock_dev",
      datasets: [meters, readings],
      owner,
    });
  });

test("each table is a data set that asks Athena in the environment's workgroup", () => {
  expect(quickSight().one("aws_quicksight_data_source")).toMatchObject({
    type: "ATHENA",
    parameters: { athena: { work_group: "penstock-dev" } },
  });
  const sets = quickSight().all("aws_quicksight_data_set");
  expect(sets.map(({ name, import_mode }) => [name, import_mode])).toEqual([
    ["meters", "DIRECT_QUERY"],
    ["readings", "DIRECT_QUERY"],
  ]);
  expect(sets[0]).toMatchObject({
    physical_table_map: [
      {
        relational_table: {
          schema: "penstock_dev",
          input_columns: [
            { name: "meter", type: "INTEGER" },
            { name: "place", type: "STRING" },
          ],
        },
      },
    ],
  });
});

test("analysis and dashboard show the same: rows of each table, and rows a day where there is a time", () => {
  const [analysis, dashboard] = ["aws_quicksight_analysis", "aws_quicksight_dashboard"].map((type) =>
    quickSight().one(type),
  );
  expect(analysis?.definition).toEqual(dashboard?.definition);
  const visuals = JSON.stringify(analysis?.definition);
  expect(visuals.match(/"visual_id":"[^"]+"/g)).toEqual([
    '"visual_id":"meters-rows"',
    '"visual_id":"readings-rows"',
    '"visual_id":"readings-by-day"',
  ]);
  // a number is counted by another block than a text
  expect(visuals.match(/"(numerical|categorical)_measure_field"/g)).toEqual([
    '"numerical_measure_field"',
    '"categorical_measure_field"',
    '"categorical_measure_field"',
  ]);
});

test("everything is its owner's, and nobody else's", () => {
  const { one, all } = quickSight();
  const parts = [
    one("aws_quicksight_data_source").permission,
    ...all("aws_quicksight_data_set").map(({ permissions }) => permissions),
    one("aws_quicksight_analysis").permissions,
    one("aws_quicksight_dashboard").permissions,
  ];
  for (const part of parts) expect(part).toEqual([{ principal: owner, actions: expect.any(Array) }]);
});
