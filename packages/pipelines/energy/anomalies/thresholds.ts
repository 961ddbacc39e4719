import type { SiteKind } from "../sites.ts";

/** What is odd for one kind of site. Shares are of what the site can generate in an interval. */
export interface Thresholds {
  /** A meter that reports one value so many times on end is stuck. */
  readonly stuckAfter: number;
  /** The least deviation from the recent median that can be a spike. */
  readonly spikeShare: { readonly generated: number; readonly consumed: number };
  /** What it may seem to generate in the dark, by the meter's noise; absent where night says nothing. */
  readonly darkShare?: number;
}

export const thresholds: Readonly<Record<SiteKind, Thresholds>> = {
  // clouds come and go within minutes; what a farm uses itself hardly changes
  pv: { stuckAfter: 6, spikeShare: { generated: 0.6, consumed: 0.05 }, darkShare: 0.005 },
  // a front passes a whole farm in a quarter of an hour or so
  wind: { stuckAfter: 6, spikeShare: { generated: 0.6, consumed: 0.05 } },
  // from idle to full power is its everyday work, and it may hold a set point
  battery: { stuckAfter: 12, spikeShare: { generated: 1.1, consumed: 1.1 } },
  // its meter may count in coarse steps, its night may be as long as `recent`, and an oven is no anomaly; it may have
  // a battery or a lamp behind the meter, so night is not judged
  building: { stuckAfter: 6, spikeShare: { generated: 1.1, consumed: 1.5 } },
};
