// Generated from packages/pipelines/retail/contract.ts; do not edit.

/** An order that somebody placed, one row each. */
export interface Order {
  /** The shop's id of the order, such as an invoice number. */
  order_id: string;
  /** Which of the customer's orders it is; the first is 1. A whole number. At least 1. */
  order_num: number | null;
  /** Who ordered, as a pseudonym. */
  user_id: string | null;
  /**
   * When the order was placed. An instant, ISO-8601 in UTC. From 2000-01-01T00:00:00Z to
   * 2050-01-01T00:00:00Z.
   */
  order_timestamp: string;
  /**
   * What the whole order costs, in the shop's currency; to the thousandth, as some prices are. An exact
   * number as text, 3 decimals. At least 0.
   */
  total_amount: string;
  /** The day of order_timestamp, in UTC. A day, ISO-8601. */
  date: string;
}
