// Generated from packages/pipelines/retail/contract.ts; do not edit.

/** What can be bought, one row a product. */
export interface Product {
  /** The shop's id of the product, such as its stock code. */
  product_id: string;
  /** The id of the department. */
  department_id: string | null;
  /** The part of the shop that it belongs to. */
  department: string | null;
  /** What the source calls it; empty where it only gives the id. */
  product_name: string | null;
  /**
   * When the source last called it that; empty where it doesn't say. An instant, ISO-8601 in UTC. From
   * 2000-01-01T00:00:00Z to 2050-01-01T00:00:00Z.
   */
  updated_at: string | null;
}
