// Generated from packages/pipelines/energy/contract.ts; do not edit.

/** What a site generated and consumed in one interval, one row each. */
export interface EnergyReading {
  /** The site, as in the pipeline's configuration. */
  site_id: string;
  /** The instant that the source gives the interval. An instant, ISO-8601 in UTC. */
  timestamp: string;
  /** Generated in the interval; a negative value is an anomaly. An exact number as text, 4 decimals. */
  energy_generated_kwh: string;
  /** Consumed in the interval; a negative value is an anomaly. An exact number as text, 4 decimals. */
  energy_consumed_kwh: string;
  /** Generated less consumed. An exact number as text, 4 decimals. */
  net_energy_kwh: string;
}
