/**
 * Sample data for retail: an invented shop, its products and its regulars, lived through day by day. The same options
 * give the same bytes, on any machine. Without faults every row is one that the contract takes, and every item has
 * its order and its product in the other two files.
 *
 * With faults, what a row's parent suffers is the row's own fault too: an item whose order or product is broken is an
 * orphan. So the three files have to be run together.
 */

import { breaker, type Fields } from "@penstock/sampling/breaker.ts";
import { random } from "@penstock/sampling/random.ts";
import type { BrokenRow, FaultRates, SampleFile } from "@penstock/sampling/sample-file.ts";
import { type Catalogue, catalogueOf, type Product } from "./generator/catalogue.ts";
import { dayOf, instant, itemColumns, orderColumns, productColumns } from "./generator/columns.ts";
import { faultKinds, itemFaults, orderFaults, orphan, productFaults } from "./generator/faults.ts";
import { type Order, ordersOf } from "./generator/orders.ts";

export interface SampleOptions {
  /** How many items, the header not counted; orders and products are as many as these need. */
  readonly rows: number;
  readonly seed: number;
  /** For each kind of fault the share of its file's rows that are broken so; none by default. */
  readonly faults?: FaultRates;
}

/** Every way in which a row can be broken, by name. */
export const knownFaults: readonly string[] = faultKinds;

/** Every file of a sample by name, the main one first: what `penstock sample` and `penstock start` write. */
export function sampleFiles(options: SampleOptions): Readonly<Record<string, SampleFile>> {
  return {
    "sample-order-items.csv": { dataset: "order_items", lines: (tell) => generateItems(options, tell) },
    "sample-orders.csv": { dataset: "orders", lines: (tell) => generateOrders(options, tell) },
    "sample-products.csv": { dataset: "products", lines: (tell) => generateProducts(options, tell) },
  };
}

type Tell = (broken: BrokenRow) => void;

/** A good row, and its text and what was broken of it when it was. */
interface Row {
  readonly fields: Fields;
  readonly text: string;
  readonly broken: BrokenRow | undefined;
}

/** The lines of products.csv, header first. */
export function* generateProducts(options: SampleOptions, tell: Tell = () => {}): Iterable<string> {
  yield productColumns.join(",");
  yield* texts(productRows(options), tell);
}

/** The lines of orders.csv, header first, by time. */
export function* generateOrders(options: SampleOptions, tell: Tell = () => {}): Iterable<string> {
  yield orderColumns.join(",");
  const rows = function* () {
    for (const { row } of orderRows(options)) yield row;
  };
  yield* texts(rows(), tell);
}

/** The lines of order_items.csv, header first, by time and place in the basket. */
export function* generateItems(options: SampleOptions, tell: Tell = () => {}): Iterable<string> {
  yield itemColumns.join(",");
  yield* texts(itemRows(options), tell);
}

function* texts(rows: Iterable<Row>, tell: Tell): Iterable<string> {
  for (const { text, broken } of rows) {
    if (broken !== undefined) tell(broken);
    yield text;
  }
}

function* productRows({ rows, seed, faults = {} }: SampleOptions): Iterable<Row> {
  const breaks = breaker(productFaults, faults, random(seed, 3));
  for (const [index, product] of catalogueFor(rows, seed).products.entries()) {
    yield told(productFields(product), index + 2, breaks);
  }
}

function* orderRows({ rows, seed, faults = {} }: SampleOptions): Iterable<{ order: Order; row: Row }> {
  const breaks = breaker(orderFaults, faults, random(seed, 4));
  let line = 1;
  for (const order of ordersOf(seed, rows, catalogueFor(rows, seed))) {
    yield { order, row: told(orderFields(order, seed), ++line, breaks) };
  }
}

function* itemRows(options: SampleOptions): Iterable<Row> {
  const { rows, seed, faults = {} } = options;
  const breaks = breaker(itemFaults, faults, random(seed, 5));
  const { products } = catalogueFor(rows, seed);
  const isMissing = [...productRows(options)].map(({ broken }) => broken !== undefined);
  let line = 1;
  for (const { order, row } of orderRows(options)) {
    for (const [place, { product, reordered }] of order.items.entries()) {
      const reasons = [
        ...(row.broken === undefined ? [] : [orphan.order]),
        ...(isMissing[product] === true ? [orphan.product] : []),
      ];
      const fields = itemFields(
        order,
        { place, reordered, productId: products[product]?.id ?? "" },
        seed,
        line,
      );
      line++;
      if (reasons.length === 0) yield told(fields, line, breaks);
      else {
        yield { fields, text: fields.join(","), broken: { line, fault: "parent is broken", reasons } };
      }
    }
  }
}

function told(fields: Fields, line: number, breaks: ReturnType<typeof breaker>): Row {
  const found = breaks(fields, line);
  if (found === undefined) return { fields, text: fields.join(","), broken: undefined };
  const { text, ...broken } = found;
  return { fields, text, broken };
}

/** More items need more products: a small shop has sixty, a large one three thousand. */
function catalogueFor(rows: number, seed: number): Catalogue {
  return catalogueOf(seed, Math.min(3000, Math.max(60, Math.round(rows ** 0.6))));
}

/** The seed is part of every id: the orders of two worlds are not versions of each other. */
const id = (kind: string, seed: number, number: number): string =>
  `${kind}-${seed}-${String(number).padStart(8, "0")}`;

function productFields({ id, departmentId, department, name }: Product): Fields {
  return [id, departmentId, department, name.includes(",") ? `"${name}"` : name];
}

function orderFields({ number, orderNumber, userId, time, cents }: Order, seed: number): Fields {
  return [
    id("o", seed, number),
    String(orderNumber),
    userId,
    instant(time),
    (cents / 100).toFixed(2),
    dayOf(time),
  ];
}

function itemFields(
  { number, userId, daysSincePrior, time }: Order,
  item: { readonly place: number; readonly reordered: boolean; readonly productId: string },
  seed: number,
  itemNumber: number,
): Fields {
  return [
    id("i", seed, itemNumber),
    id("o", seed, number),
    userId,
    daysSincePrior === undefined ? "" : String(daysSincePrior),
    item.productId,
    String(item.place + 1),
    item.reordered ? "1" : "0",
    instant(time),
    dayOf(time),
  ];
}
