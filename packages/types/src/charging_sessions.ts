// Generated from packages/pipelines/charging-sessions/contract.ts; do not edit.

/** A completed charging session, one row each. */
export interface ChargingSession {
  /** The operator's id of the session, or a hash of operator, charger, connector and start. */
  session_id: string;
  /** Who runs the charger, and whose ids these are. */
  operator: string;
  /** The place that chargers stand at: a car park, a depot, an office. */
  site_id: string;
  /** The site's name as people know it. */
  site_name: string | null;
  /** The device, which has one connector or more. */
  charger_id: string;
  /** The charger's make and model, as the operator writes it. */
  charger_model: string | null;
  /** Which connector of the charger; one charger is one connector where the source doesn't say. */
  connector_id: string | null;
  /** The plug. */
  connector_type:
    | "CCS"
    | "CHAdeMO"
    | "NACS"
    | "Type 1"
    | "Type 2"
    | "Type 3"
    | "GB/T AC"
    | "GB/T DC"
    | "Domestic socket"
    | null;
  /**
   * When the car was plugged in. An instant, ISO-8601 in UTC. From 2010-01-01T00:00:00Z to
   * 2037-01-01T00:00:00Z.
   */
  started_at: string;
  /** When it was unplugged; a session that is still open has none. An instant, ISO-8601 in UTC. */
  ended_at: string;
  /** The site's IANA time zone, such as Europe/London. */
  time_zone: string;
  /** Energy delivered, in kWh. An exact number as text, 3 decimals. From 0 to 1000. */
  energy_kwh: string;
  /** Who charged, as a pseudonym. */
  user_id: string | null;
  /** What was certainly wrong in the source and was put right; empty when nothing was. */
  repaired: string | null;
}
