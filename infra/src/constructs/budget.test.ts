import { expect, test } from "@jest/globals";
import { topicArn } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { Budget } from "./budget.ts";

test("a month's costs are told at 80 and 100 % of what was spent, and when they are going to be spent", () => {
  const budget = made((scope) => {
    new Budget(scope, "budget", { name: "penstock-dev", monthlyUsd: 20, topicArn });
  }).one("aws_budgets_budget");
  expect(budget).toMatchObject({
    budget_type: "COST",
    limit_amount: "20.00",
    limit_unit: "USD",
    time_unit: "MONTHLY",
  });
  const told = { comparison_operator: "GREATER_THAN", subscriber_sns_topic_arns: [topicArn] };
  const percent = { ...told, threshold_type: "PERCENTAGE" };
  expect(budget["notification"]).toEqual([
    { ...percent, threshold: 80, notification_type: "ACTUAL" },
    { ...percent, threshold: 100, notification_type: "ACTUAL" },
    { ...percent, threshold: 100, notification_type: "FORECASTED" },
  ]);
});
