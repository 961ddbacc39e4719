/**
 * What goes wrong in operators' files: each way to break a row, and what a run has to say about it, in the words
 * and the order of its quarantine. A row that is broken otherwise than it says here is a fault of ours.
 */

import { type Fault, type Faults, type Fields, faultNames } from "@penstock/sampling/breaker.ts";
import { chargingSession } from "../contract.ts";
import { type ColumnName, columns, fieldOf, instant, withFields } from "./columns.ts";

const day = 86_400_000;

const setting = (
  reasons: readonly string[],
  fields: (row: Fields) => Readonly<Partial<Record<ColumnName, string>>>,
): Fault => ({ reasons, line: (row) => withFields(row, fields(row)).join(",") });

const without = (column: ColumnName): Fault => setting([`${column}: missing`], () => ({ [column]: "" }));

const required = columns.filter((column) => !chargingSession.columns[column].nullable);

const movedBy = (time: string, days: number): string => instant(Date.parse(time) + days * day);

const faults: Faults["faults"] = {
  "still open": setting(["ended_at: missing", "energy_kwh: missing"], () => ({
    ended_at: "",
    energy_kwh: "",
  })),
  "ends before it starts": setting(["does not end before it starts"], (row) => ({
    started_at: fieldOf(row, "ended_at"),
    ended_at: fieldOf(row, "started_at"),
  })),
  "longer than 7 days": setting(["lasts at most 7 days"], (row) => ({
    started_at: movedBy(fieldOf(row, "started_at"), -8),
  })),
  "negative energy": setting(["energy_kwh: below 0"], (row) => ({
    energy_kwh: `-${fieldOf(row, "energy_kwh")}`,
  })),
  "too much energy": setting(["energy_kwh: above 1000"], (row) => ({
    energy_kwh: (Number(fieldOf(row, "energy_kwh")) + 1000).toFixed(3),
  })),
  "energy that is no number": setting(["energy_kwh: unparsable"], () => ({ energy_kwh: "NaN" })),
  "no such time": setting(["started_at: unparsable"], (row) => ({
    started_at: fieldOf(row, "started_at").replace(/-\d\d-\d\dT/, "-13-32T"),
  })),
  "time without offset": setting(["ended_at: unparsable"], (row) => ({
    ended_at: fieldOf(row, "ended_at").replace("Z", ""),
  })),
  // such as 0014 for 2014; the session then also lasts two thousand years
  "year without its century": setting(
    ["started_at: below 2010-01-01T00:00:00Z", "lasts at most 7 days"],
    (row) => ({ started_at: `00${fieldOf(row, "started_at").slice(2)}` }),
  ),
  "start in the far future": setting(
    ["started_at: above 2037-01-01T00:00:00Z", "does not end before it starts"],
    // a leap year, so that 29 February is one too
    (row) => ({ started_at: `2096${fieldOf(row, "started_at").slice(4)}` }),
  ),
  "no session id": without("session_id"),
  "no operator": without("operator"),
  "no site": without("site_id"),
  "no charger": without("charger_id"),
  "no time zone": without("time_zone"),
  "unknown connector type": setting(
    [`connector_type: not one of ${chargingSession.columns.connector_type.values.join(", ")}`],
    () => ({ connector_type: "Type 9" }),
  ),
  "unknown time zone": setting(["has a known time zone"], () => ({ time_zone: "Europe/Atlantis" })),
  "nothing but commas": {
    reasons: required.map((column) => `${column}: missing`),
    line: (row) => ",".repeat(row.length - 1),
  },
  "too few fields": { reasons: ["too few fields"], line: (row) => row.slice(0, -2).join(",") },
  "too many fields": { reasons: ["too many fields"], line: (row) => [...row, "x"].join(",") },
  "broken quote": setting(["broken quote"], (row) => ({
    charger_model: `"${fieldOf(row, "charger_model")}`,
  })),
  "NUL byte": setting(["NUL byte"], (row) => ({ charger_model: `${fieldOf(row, "charger_model")}\0` })),
  "invalid UTF-8": setting(["invalid UTF-8"], (row) => ({
    charger_model: `${fieldOf(row, "charger_model")} \uDCE9`,
  })),
};

const repeats: Faults["repeats"] = {
  "same row again": (row: Fields) => row.join(","),
  // as when a file is made while the car still charges
  "same row with less energy": (row: Fields) =>
    withFields(row, { energy_kwh: (Number(fieldOf(row, "energy_kwh")) / 2).toFixed(3) }).join(","),
};

export const sessionFaults: Faults = { faults, repeats };

/** Every way in which a row can be broken. */
export const faultKinds = faultNames(sessionFaults);
