// Generated from packages/pipelines/energy/contract.ts; do not edit.

/** What was found odd about a reading, one row each. */
export interface EnergyAnomaly {
  /** The reading's site. */
  site_id: string;
  /** The reading's time. An instant, ISO-8601 in UTC. */
  timestamp: string;
  /** Whether it is one; false when it was, and is none any more. */
  anomaly: boolean;
  /** Codes of what is odd, separated by commas; empty when nothing is. */
  reasons: string | null;
  /** When that was found; the newest finding stands. An instant, ISO-8601 in UTC. */
  assessed_at: string;
}
