/** Literals, with the types that Trino gives them: 1.50 is a decimal(3,2), 1e0 a double. */

import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, literal, type Node, only } from "./node.ts";
import { toInstant, zoneName } from "./time.ts";
import {
  bigint,
  date,
  daytime,
  decimal,
  double,
  integer,
  timestamp,
  timestamptz,
  varchar,
  yearmonth,
} from "./type.ts";
import { made, quote, type Value } from "./value.ts";

export function literalValue(node: Node): Value {
  const [kind, text] = literal(node) ?? ["", ""];
  switch (kind) {
    case "string":
      return { ...made(varchar, quote(text)), constant: text };
    case "number":
      return { ...number(text), constant: text };
    case "date":
      return { ...made(date, `DATE ${quote(day(text))}`), constant: text };
    case "timestamp":
      return moment(text);
    default:
      throw refuse(`A ${kind.replaceAll("_", " ")} literal`, "it is not on the list of faithful literals");
  }
}

function number(text: string): Value {
  if (/^\d+$/.test(text)) {
    const value = BigInt(text);
    if (value < 2n ** 31n) return made(integer, value.toString());
    if (value < 2n ** 63n) return made(bigint, `CAST(${value} AS BIGINT)`);
    throw new AthenaError("SYNTAX_ERROR", `Invalid numeric literal: ${text}`);
  }
  if (/^(\d+\.?\d*|\.\d+)[eE][+-]?\d+$/.test(text)) return made(double, `CAST(${quote(text)} AS DOUBLE)`);
  const parts = /^0*(\d*)\.(\d*)$/.exec(text);
  if (parts === null) throw refuse(`The number ${text}`, "only decimal digits are read");
  const [, whole = "", fraction = ""] = parts;
  const precision = Math.max(1, whole.length + fraction.length);
  if (precision > 38) throw new AthenaError("SYNTAX_ERROR", `Invalid numeric literal: ${text}`);
  const digits = `${whole === "" ? "0" : whole}.${fraction === "" ? "0" : fraction}`;
  return made(
    decimal(precision, fraction.length),
    `CAST(${quote(digits)} AS DECIMAL(${precision},${fraction.length}))`,
  );
}

function day(text: string): string {
  const parts = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (parts === null) throw new AthenaError("SYNTAX_ERROR", `'${text}' is not a valid DATE literal`);
  const [, year = "", month = "", dom = ""] = parts;
  const iso = `${year}-${month.padStart(2, "0")}-${dom.padStart(2, "0")}`;
  const at = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) {
    throw new AthenaError("SYNTAX_ERROR", `'${text}' is not a valid DATE literal`);
  }
  return iso;
}

const MOMENT =
  /^\s*(\d{4}-\d{1,2}-\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?(?:\s*([A-Za-z+-].*?))?\s*$/;

function moment(text: string): Value {
  const parts = MOMENT.exec(text);
  const wrong = new AthenaError("SYNTAX_ERROR", `'${text}' is not a valid TIMESTAMP literal`);
  if (parts === null) throw wrong;
  const [, on = "", hour = "0", minute = "0", second = "0", fraction = "", zone] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw wrong;
  const digits = fraction.length;
  if (digits > 6) throw refuse(`The literal TIMESTAMP '${text}'`, "moments have microseconds at most");
  const two = (part: string): string => part.padStart(2, "0");
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${digits > 0 ? `.${fraction}` : ""}`;
  const sql = `TIMESTAMP ${quote(`${day(on)} ${clock}`)}`;
  if (zone === undefined) return { ...made(timestamp(digits), sql), constant: text };
  const name = zoneName(zone);
  return { ...made(timestamptz(digits, name), toInstant(sql, quote(name))), constant: text };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  Day: 86_400_000,
  Hour: 3_600_000,
  Minute: 60_000,
  Second: 1000,
};
const UNIT_MONTHS: Readonly<Record<string, number>> = { Year: 12, Month: 1 };

/** INTERVAL '90' MINUTE; forms with two units are left to Athena. */
export function interval(fields: Fields): Value {
  only("INTERVAL", fields, ["this", "unit"]);
  const [kind, text] = literal(fields["this"]) ?? ["", ""];
  const unit = child(fields["unit"]);
  if (kind !== "string" || unit === undefined || unit["type"] !== "simple") {
    throw refuse("INTERVAL in this form", "one number in quotes and one unit are read", "INTERVAL '1' HOUR");
  }
  only("INTERVAL", unit, ["type", "unit"]);
  const name = String(unit["unit"]);
  const months = UNIT_MONTHS[name];
  if (months !== undefined && /^[+-]?\d+$/.test(text)) {
    return {
      ...made(yearmonth, `CAST(${Number(text) * months} AS INTEGER)`),
      constant: String(Number(text) * months),
    };
  }
  const ms = UNIT_MS[name];
  const fractional = name === "Second" ? /^[+-]?\d+(\.\d{1,3})?$/ : /^[+-]?\d+$/;
  if (ms === undefined || !fractional.test(text)) {
    throw refuse(`INTERVAL '${text}' ${name.toUpperCase()}`, "this form is not known", "INTERVAL '1' HOUR");
  }
  const total = Math.round(Number(text) * ms);
  return { ...made(daytime, `CAST(${total} AS BIGINT)`), constant: String(total) };
}
