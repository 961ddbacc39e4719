// Generated from packages/pipelines/retail/contract.ts; do not edit.

/** A line of an order: one product in one basket. */
export interface OrderItem {
  /** The shop's id of the line, or a hash of what it says. */
  id: string;
  /** The order that it belongs to. */
  order_id: string;
  /** Who ordered, as a pseudonym. */
  user_id: string | null;
  /** Days since the customer's order before; a first order has none. A whole number. At least 0. */
  days_since_prior_order: number | null;
  /** The product that was bought. */
  product_id: string;
  /** In which place it was put into the basket; the first is 1. A whole number. At least 1. */
  add_to_cart_order: number;
  /** Whether the customer had bought the product before. */
  reordered: boolean | null;
  /**
   * When the order was placed. An instant, ISO-8601 in UTC. From 2000-01-01T00:00:00Z to
   * 2050-01-01T00:00:00Z.
   */
  order_timestamp: string;
  /** The day of order_timestamp, in UTC. A day, ISO-8601. */
  date: string;
}
