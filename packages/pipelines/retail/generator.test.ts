import { describe, expect, test } from "@jest/globals";
import type { BrokenRow, FaultRates } from "@penstock/sampling/sample-file.ts";
import { faultKinds } from "./generator/faults.ts";
import { generateItems, generateOrders, generateProducts, type SampleOptions } from "./generator.ts";

type Rows = readonly Readonly<Record<string, string>>[];

const generators = { items: generateItems, orders: generateOrders, products: generateProducts };

/** One share for every kind of fault. */
const each = (share: number): FaultRates => Object.fromEntries(faultKinds.map((kind) => [kind, share]));

/** The lines of one of the files, and what it tells of those that it broke. */
function generated(
  file: keyof typeof generators,
  options: SampleOptions,
): { lines: string[]; broken: BrokenRow[] } {
  const broken: BrokenRow[] = [];
  return { lines: [...generators[file](options, (row) => broken.push(row))], broken };
}

function rowsOf(lines: Iterable<string>): Rows {
  const [header = "", ...rows] = lines;
  const names = header.split(",");
  return rows.map((line) =>
    Object.fromEntries(
      line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map((field, index): [string, string] => [names[index] ?? "", field]),
    ),
  );
}

const groups = (rows: Rows, key: string): Map<string, Rows> => Map.groupBy(rows, (row) => row[key] ?? "");

describe("a generated shop", () => {
  const options = { rows: 12_000, seed: 1 };
  const items = rowsOf(generateItems(options));
  const orders = rowsOf(generateOrders(options));
  const products = rowsOf(generateProducts(options));

  test("has as many items as asked for, and every key once", () => {
    expect(items).toHaveLength(12_000);
    for (const [rows, key] of [
      [items, "id"],
      [orders, "order_id"],
      [products, "product_id"],
      [products, "product_name"],
    ] as const) {
      expect(groups(rows, key).size).toBe(rows.length);
    }
  });

  test("is the same for the same seed, and another for another", () => {
    const of = (seed: number) =>
      (["items", "orders", "products"] as const).map((file) =>
        generated(file, { rows: 500, seed, faults: each(0.01) }),
      );
    expect(of(1)).toEqual(of(1));
    for (const [at, { lines }] of of(1).entries()) expect(lines).not.toEqual(of(2)[at]?.lines);
    const ids = (seed: number) => rowsOf(generateItems({ rows: 50, seed })).map(({ id }) => id);
    expect(ids(1).filter((id) => ids(2).includes(id))).toEqual([]);
  });

  test("is whole: every item has its order, with its user and time, and its product", () => {
    const byId = new Map(orders.map((order) => [order.order_id, order]));
    const known = new Set(products.map(({ product_id }) => product_id));
    for (const item of items) {
      const { user_id, order_timestamp, date } = byId.get(item.order_id) ?? {};
      expect(item).toMatchObject({ user_id, order_timestamp, date });
      expect(known.has(item.product_id)).toBe(true);
      expect(order_timestamp?.slice(0, 10)).toBe(date);
    }
    expect(groups(items, "order_id").size).toBe(orders.length);
  });

  test("fills baskets one by one, each product once", () => {
    for (const basket of groups(items, "order_id").values()) {
      expect(basket.map(({ add_to_cart_order }) => Number(add_to_cart_order))).toEqual(
        basket.map((_, index) => index + 1),
      );
      expect(groups(basket, "product_id").size).toBe(basket.length);
    }
  });

  test("knows what its customers bought before, and when", () => {
    for (const theirs of groups(orders, "user_id").values()) {
      expect(theirs.map(({ order_num }) => Number(order_num))).toEqual(theirs.map((_, index) => index + 1));
    }
    const bought = new Map<string, Set<string>>();
    const last = new Map<string, string>();
    for (const [, basket] of groups(items, "order_id")) {
      const { user_id = "", date = "", days_since_prior_order } = basket[0] ?? {};
      const before = bought.get(user_id) ?? new Set();
      for (const { product_id = "", reordered } of basket)
        expect(reordered).toBe(before.has(product_id) ? "1" : "0");
      const days = (Date.parse(date) - Date.parse(last.get(user_id) ?? "")) / 86_400_000;
      expect(days_since_prior_order).toBe(Number.isNaN(days) ? "" : String(days));
      bought.set(user_id, new Set([...before, ...basket.map(({ product_id = "" }) => product_id)]));
      last.set(user_id, date);
    }
    const again = items.filter(({ reordered }) => reordered === "1").length / items.length;
    expect(again).toBeGreaterThan(0.4);
    expect(again).toBeLessThan(0.75);
  });

  test("is busiest by day, and has favourites", () => {
    const at = (pattern: RegExp) =>
      orders.filter(({ order_timestamp = "" }) => pattern.test(order_timestamp)).length;
    expect(at(/T1[0-4]/)).toBeGreaterThan(at(/T0[0-4]/) * 20);
    const sold = [...groups(items, "product_id").values()].map((rows) => rows.length).sort((a, b) => b - a);
    expect(sold[0]).toBeGreaterThan((sold[Math.floor(sold.length / 2)] ?? 0) * 10);
  });
});

describe("a broken shop", () => {
  const options = { rows: 8000, seed: 3, faults: each(0.004) };

  test("breaks every kind of row, and tells of the very lines", () => {
    const kinds = new Set<string>();
    for (const file of ["items", "orders", "products"] as const) {
      const { lines, broken } = generated(file, options);
      const good = [...generators[file]({ ...options, faults: {} })];
      for (const { fault } of broken) kinds.add(fault);
      expect(lines).toHaveLength(good.length);
      // an orphan's own line is as it was: what is broken is its parent
      const own = broken.filter(({ fault }) => fault !== "parent is broken").map(({ line }) => line);
      expect(own).toEqual(lines.flatMap((line, index) => (line === good[index] ? [] : [index + 1])));
      for (const { line, duplicateOf = 0, reasons } of broken) {
        expect(reasons.length > 0).toBe(duplicateOf === 0);
        expect(duplicateOf).toBeLessThan(line);
      }
    }
    expect([...kinds].sort()).toEqual([...faultKinds, "parent is broken"].sort());
  });

  test("says of every other item whose order or product is not there that it is an orphan", () => {
    const intact = (file: "orders" | "products", key: string) => {
      const { lines, broken } = generated(file, options);
      const gone = new Set(broken.map(({ line }) => line));
      return new Set(rowsOf(lines).flatMap((row, index) => (gone.has(index + 2) ? [] : [row[key]])));
    };
    const orders = intact("orders", "order_id");
    const products = intact("products", "product_id");
    const { lines, broken } = generated("items", options);
    const told = new Map(broken.map(({ line, reasons }) => [line, reasons]));
    const found = rowsOf(lines).map(({ order_id, product_id }) => [
      ...(orders.has(order_id) ? [] : ["orphan: order_id is not in orders"]),
      ...(products.has(product_id) ? [] : ["orphan: product_id is not in products"]),
    ]);
    let orphans = 0;
    for (const [index, reasons] of found.entries()) {
      const saying = told.get(index + 2) ?? [];
      if (saying.length > 0 && !saying[0]?.startsWith("orphan")) continue;
      // a repeat is one of a good line
      expect(saying).toEqual(reasons);
      orphans += Math.sign(reasons.length);
    }
    expect(orphans).toBeGreaterThan(100);
  });
});
