/** The sites as a relation for Athena: what a query joins readings with, since sites are configuration and no table. */

import type { Queries } from "@penstock/workflows/pipeline.ts";
import type { Site } from "./sites.ts";

/**
 * A statement that yields `site_id`, `name`, `kind`, `capacity_kw` (double), `time_zone` and `interval_minutes`
 * (integer), one row a site.
 */
export function sitesSql(sites: readonly Site[]): string {
  const rows = sites.map(
    ({ site_id, name, kind, capacity_kw, time_zone, interval_minutes }) =>
      `SELECT ${text(site_id)} AS site_id, ${text(name)} AS name, ${text(kind)} AS kind, ` +
      `${capacity_kw}e0 AS capacity_kw, ${text(time_zone)} AS time_zone, ${interval_minutes} AS interval_minutes`,
  );
  return rows.join("\n  UNION ALL ");
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The queries with the sites where they say `${sites}`. */
export function withSites(queries: Queries, sites: readonly Site[]): Queries {
  const filled = (sql: string): string => sql.replaceAll("${sites}", () => sitesSql(sites));
  return {
    metrics: mapped(queries.metrics, filled),
    checks: mapped(queries.checks, filled),
    named: mapped(queries.named, ({ sql, description }) => ({ sql: filled(sql), description })),
  };
}

function mapped<V>(values: Readonly<Record<string, V>>, change: (value: V) => V): Record<string, V> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
