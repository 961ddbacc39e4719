import { expect, test } from "@jest/globals";
import { counts } from "@penstock/steps/testing/plan-run-world.ts";
import { orphanLines, orphansOf } from "./orphans.ts";

const none = { products: counts(1), order_items: counts(1) };
const some = {
  products: counts(1),
  returns: { ...counts(1), waiting: 2, overdue: 0 },
  order_items: { ...counts(1), waiting: 1200, overdue: 1 },
};

test("they are those of the newest run that counted them", () => {
  const found = { waiting: { returns: 2, order_items: 1200 }, overdue: { order_items: 1 } };
  expect(orphansOf([{ datasets: {} }, { datasets: some }, { datasets: none }])).toEqual(found);
  expect(orphansOf([{ datasets: none }, { datasets: some }])).toEqual({ waiting: {}, overdue: {} });
  expect(orphansOf([])).toEqual({ waiting: {}, overdue: {} });
});

test("they are told by dataset, with those that have waited too long", () => {
  expect(orphanLines(orphansOf([{ datasets: some }]))).toEqual([
    "returns 2",
    "order_items 1,200, 1 of them for too long",
  ]);
});
