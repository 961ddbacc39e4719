/** The invented shop's days, lived through one by one: who orders when, and what is in the basket. */

import { cumulated, draw, type Random, random } from "@penstock/sampling/random.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Shopper, shoppersOf } from "./shoppers.ts";

export interface Order {
  /** Counted from 1, by time. */
  readonly number: number;
  readonly userId: string;
  /** Which of the user's orders it is; the first is 1. */
  readonly orderNumber: number;
  /** ms since 1970, whole seconds. */
  readonly time: number;
  /** Days since the user's order before; a first order has none. */
  readonly daysSincePrior: number | undefined;
  readonly cents: number;
  readonly items: readonly Item[];
}

export interface Item {
  /** Place in the catalogue. */
  readonly product: number;
  readonly reordered: boolean;
}

const day = 86_400_000;
/** A Monday, so that the rhythm of the week is that of the calendar. */
const firstDay = Date.parse("2025-09-01");
/** What a shopper buys before a new one is needed: seven orders or so, in ten or eleven weeks. */
const itemsEach = 60;
const mostShoppers = 20_000;

/** Chance that an order planned for that weekday is placed on it, Monday first; else it waits a day. */
const patience = [0.85, 0.7, 0.65, 0.7, 0.8, 0.9, 1];
/** How many order at each hour, 0 to 23, compared with other hours. */
const hours = cumulated([1, 1, 0, 0, 0, 1, 2, 5, 9, 13, 16, 16, 15, 15, 16, 15, 14, 11, 9, 7, 5, 4, 3, 2]);

/** Orders by time, until their items are as many as asked for; the last is cut short to come out even. */
export function* ordersOf(seed: number, items: number, catalogue: Catalogue): Iterable<Order> {
  const shoppers = shoppersOf(seed, Math.min(mostShoppers, Math.max(3, Math.ceil(items / itemsEach))));
  const from = random(seed, 2);
  let number = 0;
  let left = items;
  for (let today = 0; left > 0; today++) {
    for (const { shopper, time } of comingOn(shoppers, today, from)) {
      const basket = fill(shopper, catalogue, from).slice(0, left);
      if (basket.length === 0) return;
      left -= basket.length;
      for (const { product, reordered } of basket) if (!reordered) shopper.bought.push(product);
      shopper.orders += 1;
      yield {
        number: ++number,
        userId: shopper.id,
        orderNumber: shopper.orders,
        time,
        daysSincePrior: shopper.lastDay === undefined ? undefined : today - shopper.lastDay,
        cents: basket.reduce((sum, { product }) => sum + (catalogue.products[product]?.cents ?? 0), 0),
        items: basket,
      };
      shopper.lastDay = today;
      shopper.nextDay = today + Math.max(1, Math.round(shopper.cadence * (1 + from.normal() * 0.3)));
    }
  }
}

/** Who orders on a day, by time. */
function comingOn(
  shoppers: readonly Shopper[],
  today: number,
  from: Random,
): { shopper: Shopper; time: number }[] {
  const midnight = firstDay + today * day;
  const coming = shoppers
    .filter(({ nextDay }) => nextDay <= today)
    .filter(() => from.unit() < (patience[today % patience.length] ?? 1))
    .map((shopper) => {
      const usual = from.unit() < 0.5;
      const hour = usual ? shopper.hour + from.normal() * 0.75 : draw(hours, from) + from.unit();
      const clock = Math.min(23.99, Math.max(0, hour));
      return { shopper, time: midnight + Math.floor(clock * 3600) * 1000 };
    });
  return coming.sort((a, b) => a.time - b.time);
}

/** A basket has each product once; what the shopper knows comes first. */
function fill(shopper: Shopper, { products, popularity }: Catalogue, from: Random): Item[] {
  const size = Math.min(
    products.length,
    Math.max(1, Math.round(shopper.basket * (1 + from.normal() * 0.35))),
  );
  const known = shopper.bought.filter(() => from.unit() < shopper.loyalty * 0.6);
  const basket = new Map<number, Item>();
  for (const product of known) {
    if (basket.size < size * shopper.loyalty) basket.set(product, { product, reordered: true });
  }
  // a small catalogue may not have so many that the dice find
  for (let tries = 0; basket.size < size && tries < size * 20; tries++) {
    const product = draw(popularity, from);
    if (!basket.has(product)) basket.set(product, { product, reordered: shopper.bought.includes(product) });
  }
  return [...basket.values()];
}
