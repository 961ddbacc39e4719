// Generated from packages/pipelines/charging-sessions/contract.ts; do not edit.

/** What an operator says about a site: optional, and what utilisation is measured against. */
export interface Site {
  /** The site, as the sessions name it. */
  site_id: string;
  /** The site's name as people know it. */
  site_name: string | null;
  /** The site's IANA time zone, such as Europe/London. */
  time_zone: string;
  /** How many cars can charge at once. A whole number. From 1 to 10000. */
  connectors: number;
  /** When the site opens each day, local time, HH:MM; open all day when empty. */
  opens_at: string | null;
  /** When it closes, on the same day, HH:MM up to 24:00. */
  closes_at: string | null;
}
