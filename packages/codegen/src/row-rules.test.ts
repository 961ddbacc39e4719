import { expect, it } from "@jest/globals";
import { string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge, rule } from "@penstock/contracts/dataset.ts";
import { checkRowRules } from "./row-rules.ts";

const checked = (predicate: string) => () =>
  checkRowRules(
    dataset("stays", {
      description: "A stay.",
      columns: { id: string(), arrived_at: timestamp(), left_at: timestamp().optional() },
      primaryKey: ["id"],
      write: merge(),
      rows: [rule("leaves in time", predicate)],
    }),
  );

it.each([
  "left_at >= arrived_at",
  "left_at <= arrived_at + INTERVAL 7 DAYS",
  "ID RLIKE '^[a-z]{2}' AND try_cast(concat('2000-01-01 ', id) AS timestamp) IS NOT NULL",
  "coalesce(id, 'x') <> 'it''s' OR left_at BETWEEN timestamp '2018-09-01T00:00:00Z' AND current_timestamp()",
])("takes %s", (predicate) => {
  expect(checked(predicate)).not.toThrow();
});

it("names the column that is not there, and the nearest", () => {
  expect(checked("left_at >= arived_at")).toThrow(
    'dataset "stays": rule "leaves in time": found "arived_at", expected a column of the dataset; did you mean "arrived_at"?',
  );
});

it.each(["left_at >=", "left_at >= arrived_at)", "a b c"])("refuses %s", (predicate) => {
  expect(checked(predicate)).toThrow(/^dataset "stays": rule "leaves in time": found .*, expected a /);
});
