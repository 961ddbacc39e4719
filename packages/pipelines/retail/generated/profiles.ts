// Generated from packages/pipelines/retail/sources; do not edit.

import type { Profile } from "@penstock/workflows/pipeline.ts";

export const profiles = [
  {
    name: "online-retail",
    header: [
      "InvoiceNo",
      "StockCode",
      "Description",
      "Quantity",
      "InvoiceDate",
      "UnitPrice",
      "CustomerID",
      "Country",
    ],
    folder: null,
    multiline: false,
    datasets: ["order_items", "orders", "products"],
  },
  {
    name: "order-items",
    header: [
      "id",
      "order_id",
      "user_id",
      "days_since_prior_order",
      "product_id",
      "add_to_cart_order",
      "reordered",
      "order_timestamp",
      "date",
    ],
    folder: "order_items/",
    multiline: false,
    datasets: ["order_items"],
  },
  {
    name: "orders",
    header: ["order_id", "order_num", "user_id", "order_timestamp", "total_amount", "date"],
    folder: "orders/",
    multiline: false,
    datasets: ["orders"],
  },
  {
    name: "products",
    header: ["product_id", "department_id", "department", "product_name"],
    folder: "products/",
    multiline: false,
    datasets: ["products"],
  },
] as const satisfies readonly Profile[];
