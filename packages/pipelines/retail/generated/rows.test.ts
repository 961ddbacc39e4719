// Generated from packages/pipelines/retail/contract.ts; do not edit.

import { expect, it } from "@jest/globals";
import type { Row } from "@penstock/contracts/dataset.ts";
import type { OrderItem } from "@penstock/types/order_items.ts";
import type { Order } from "@penstock/types/orders.ts";
import type { Product } from "@penstock/types/products.ts";
import { expectTypeOf } from "expect-type";
import { order, orderItem, product } from "../contract.ts";

it("Product is a row of product", () => {
  expectTypeOf<Product>().toEqualTypeOf<Row<typeof product>>();
  expect(product.row).toBe("Product");
});

it("Order is a row of order", () => {
  expectTypeOf<Order>().toEqualTypeOf<Row<typeof order>>();
  expect(order.row).toBe("Order");
});

it("OrderItem is a row of orderItem", () => {
  expectTypeOf<OrderItem>().toEqualTypeOf<Row<typeof orderItem>>();
  expect(orderItem.row).toBe("OrderItem");
});
