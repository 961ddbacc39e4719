/** A month's costs of the account, told at four fifths, when all is spent, and when it is going to be. */

import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget/index.js";
import { Construct } from "constructs";

export interface BudgetProps {
  readonly name: string;
  readonly monthlyUsd: number;
  readonly topicArn: string;
}

export class Budget extends Construct {
  constructor(scope: Construct, id: string, { name, monthlyUsd, topicArn }: BudgetProps) {
    super(scope, id);
    const told = (threshold: number, notificationType: "ACTUAL" | "FORECASTED") => ({
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
      notificationType,
      subscriberSnsTopicArns: [topicArn],
    });
    new BudgetsBudget(this, "budget", {
      name,
      budgetType: "COST",
      limitAmount: monthlyUsd.toFixed(2),
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      notification: [told(80, "ACTUAL"), told(100, "ACTUAL"), told(100, "FORECASTED")],
    });
  }
}
