import { boolean, date, decimal, integer, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, identity, merge, references, rule } from "@penstock/contracts/dataset.ts";
import { mean, quarantined } from "@penstock/contracts/gate.ts";

/** Before web shops, and far beyond any order: a year that is mistyped would open partitions for nothing. */
const anyTime = ["2000-01-01T00:00:00Z", "2050-01-01T00:00:00Z"] as const;

/** Tables are partitioned by `date`, so a date of another day would hide the row from who asks by time. */
const dateAgrees = rule("date agrees with the timestamp", "`date` = to_date(order_timestamp)");

/** On the worst of a hundred real days a ninth of the lines are no sales. */
const mostQuarantined = quarantined().atMost(0.3);

export const product = dataset("products", {
  description: "What can be bought, one row a product.",
  columns: {
    product_id: string().describe("The shop's id of the product, such as its stock code."),
    department_id: string().optional().describe("The id of the department."),
    department: string().optional().describe("The part of the shop that it belongs to."),
    product_name: string().optional().describe("What the source calls it; empty where it only gives the id."),
    updated_at: timestamp()
      .optional()
      .remark()
      .between(...anyTime)
      .describe("When the source last called it that; empty where it doesn't say."),
  },
  primaryKey: ["product_id"],
  // so that the winner among several names does not depend on the order in which files come
  newestBy: ["updated_at"],
  write: merge(),
  format: "delta",
  gates: [mostQuarantined],
});

export const order = dataset("orders", {
  description: "An order that somebody placed, one row each.",
  columns: {
    order_id: string().describe("The shop's id of the order, such as an invoice number."),
    order_num: integer()
      .optional()
      .atLeast(1)
      .describe("Which of the customer's orders it is; the first is 1."),
    user_id: string().optional().pii("pseudonymise").describe("Who ordered, as a pseudonym."),
    order_timestamp: timestamp()
      .between(...anyTime)
      .describe("When the order was placed."),
    total_amount: decimal(14, 3)
      .atLeast(0)
      .describe("What the whole order costs, in the shop's currency; to the thousandth, as some prices are."),
    date: date().describe("The day of order_timestamp, in UTC."),
  },
  primaryKey: ["order_id"],
  write: merge(),
  format: "delta",
  partitionBy: [identity("date")],
  rows: [dateAgrees],
  gates: [mostQuarantined, mean("total_amount").atMost(20_000)],
  freshness: { column: "order_timestamp", within: "36 hours" },
});

export const orderItem = dataset("order_items", {
  description: "A line of an order: one product in one basket.",
  columns: {
    id: string().describe("The shop's id of the line, or a hash of what it says."),
    order_id: string().describe("The order that it belongs to."),
    user_id: string().optional().pii("pseudonymise").describe("Who ordered, as a pseudonym."),
    days_since_prior_order: integer()
      .optional()
      .atLeast(0)
      .describe("Days since the customer's order before; a first order has none."),
    product_id: string().describe("The product that was bought."),
    add_to_cart_order: integer()
      .atLeast(1)
      .describe("In which place it was put into the basket; the first is 1."),
    reordered: boolean().optional().describe("Whether the customer had bought the product before."),
    order_timestamp: timestamp()
      .between(...anyTime)
      .describe("When the order was placed."),
    date: date().describe("The day of order_timestamp, in UTC."),
  },
  primaryKey: ["id"],
  write: merge(),
  format: "delta",
  partitionBy: [identity("date")],
  foreignKeys: [
    references(order, "order_id", { reportAfter: "7 days" }),
    references(product, "product_id", { reportAfter: "7 days" }),
  ],
  rows: [dateAgrees],
  gates: [mostQuarantined],
});
