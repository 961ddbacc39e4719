/**
 * What goes wrong in a shop's files: each way to break a row, and what a run has to say about it, in the words and
 * the order of its quarantine. A row that is broken otherwise than it says here is a fault of ours.
 */

import { type Fault, type Faults, type Fields, faultNames } from "@penstock/sampling/breaker.ts";
import { orderItem } from "../contract.ts";
import { dayOf, fieldOf, itemColumns, orderColumns, productColumns, withFields } from "./columns.ts";

/** Why an item waits. */
export const orphan = {
  order: "orphan: order_id is not in orders",
  product: "orphan: product_id is not in products",
} as const;

const day = 86_400_000;

/** Makes faults of one format. */
function of<N extends string>(columns: readonly N[]) {
  const setting = (
    reasons: readonly string[],
    fields: (row: Fields) => Readonly<Partial<Record<N, string>>>,
  ): Fault => ({ reasons, line: (row) => withFields(columns, row, fields(row)).join(",") });
  return {
    setting,
    without: (column: N) =>
      setting([`${column}: missing`], () => ({ [column]: "" }) as Readonly<Partial<Record<N, string>>>),
    field: (row: Fields, column: N) => fieldOf(columns, row, column),
  };
}

const torn: Fault = { reasons: ["too few fields"], line: (row) => row.slice(0, -2).join(",") };

const nextDay = (date: string): string => dayOf(Date.parse(date) + day);

const noSuchTime = (time: string): string => time.replace(/-\d\d-\d\dT/, "-13-32T");

const product = of(productColumns);

export const productFaults: Faults = {
  faults: {
    "product without id": product.without("product_id"),
    "torn product": torn,
    "broken quote in a product": product.setting(["broken quote"], (row) => ({
      product_name: `"${product.field(row, "product_name").replaceAll('"', "")}`,
    })),
    "product that is not UTF-8": product.setting(["invalid UTF-8"], (row) => ({
      department: `${product.field(row, "department")} \uDCE9`,
    })),
  },
  repeats: {
    // the later name is kept
    "two names for one product": (row) =>
      withFields(productColumns, row, { product_name: "Another Name" }).join(","),
  },
};

const order = of(orderColumns);

export const orderFaults: Faults = {
  faults: {
    "order without id": order.without("order_id"),
    "order without total": order.without("total_amount"),
    "negative total": order.setting(["total_amount: below 0"], (row) => ({
      total_amount: `-${order.field(row, "total_amount")}`,
    })),
    "total that is no number": order.setting(["total_amount: unparsable"], () => ({ total_amount: "NaN" })),
    "order at no such time": order.setting(["order_timestamp: unparsable"], (row) => ({
      order_timestamp: noSuchTime(order.field(row, "order_timestamp")),
    })),
    "order date disagrees": order.setting(["date agrees with the timestamp"], (row) => ({
      date: nextDay(order.field(row, "date")),
    })),
    "order number zero": order.setting(["order_num: below 1"], () => ({ order_num: "0" })),
    "torn order": torn,
  },
  repeats: {
    "same order again": (row) => row.join(","),
    // the later total is kept
    "same order with another total": (row) =>
      withFields(orderColumns, row, { total_amount: "0.01" }).join(","),
  },
};

const item = of(itemColumns);

const required = itemColumns.filter((column) => !orderItem.columns[column].nullable);

export const itemFaults: Faults = {
  faults: {
    "item of an unknown order": item.setting([orphan.order], (row) => ({
      order_id: `${item.field(row, "order_id")}-x`,
    })),
    "item of an unknown product": item.setting([orphan.product], () => ({ product_id: "p-0-0000" })),
    "item without id": item.without("id"),
    "item without order": item.without("order_id"),
    "item without product": item.without("product_id"),
    "item without time": item.without("order_timestamp"),
    "item at no such time": item.setting(["order_timestamp: unparsable"], (row) => ({
      order_timestamp: noSuchTime(item.field(row, "order_timestamp")),
    })),
    "item in the far future": item.setting(["order_timestamp: above 2050-01-01T00:00:00Z"], (row) => ({
      // a leap year, so that 29 February is one too
      order_timestamp: `2096${item.field(row, "order_timestamp").slice(4)}`,
      date: `2096${item.field(row, "date").slice(4)}`,
    })),
    "item date disagrees": item.setting(["date agrees with the timestamp"], (row) => ({
      date: nextDay(item.field(row, "date")),
    })),
    "date that is none": item.setting(["date: unparsable"], () => ({ date: "yesterday" })),
    "place zero in the basket": item.setting(["add_to_cart_order: below 1"], () => ({
      add_to_cart_order: "0",
    })),
    "prior order to come": item.setting(["days_since_prior_order: below 0"], () => ({
      days_since_prior_order: "-3",
    })),
    "perhaps reordered": item.setting(["reordered: unparsable"], () => ({ reordered: "perhaps" })),
    "nothing but commas": {
      reasons: required.map((column) => `${column}: missing`),
      line: (row) => ",".repeat(row.length - 1),
    },
    "torn item": torn,
    "item with a field too many": { reasons: ["too many fields"], line: (row) => [...row, "x"].join(",") },
    "NUL byte in an item": item.setting(["NUL byte"], (row) => ({
      user_id: `${item.field(row, "user_id")}\0`,
    })),
  },
  repeats: { "same item again": (row) => row.join(",") },
};

/** Every way in which a row can be broken. */
export const faultKinds = [itemFaults, orderFaults, productFaults].flatMap(faultNames);
