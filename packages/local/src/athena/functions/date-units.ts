/** date_trunc, date_diff and date_add: moments by units. */

import { cast, coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { atInstant, atLocal, clockOf, instant, isMoment, local, zoneOf } from "../time.ts";
import { bigint, timestamp, trinoName } from "../type.ts";
import { made, type Value } from "../value.ts";
import { arity, at } from "./signature.ts";

/** Milliseconds of the units that are counted along the time line. */
const CLOCK: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7 };

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

function unitOf(value: Value, name: string): string {
  if (value.type.kind !== "varchar" || value.constant === undefined) {
    throw refuse(
      `${name} with a unit that is not a literal`,
      "it can't be checked before the query runs",
      "'hour' or the like",
    );
  }
  const unit = value.constant.toLowerCase();
  if (unit in CLOCK || unit in DAYS || unit in MONTHS) return unit;
  throw new AthenaError("INVALID_ARGUMENT", `'${value.constant}' is not a valid unit for ${name}`);
}

function onDate(x: Value, unit: string): void {
  if (x.type.kind === "date" && unit in CLOCK) {
    throw new AthenaError("INVALID_ARGUMENT", `'${unit}' is not a valid DATE field`);
  }
}

export function truncated(args: readonly Value[], name: string): Value {
  arity(name, args, 2);
  const unit = unitOf(at(args, 0, name), name);
  const x = moment(args, 1, name);
  onDate(x, unit);
  const clock = local(x);
  const cut = `date_trunc('${unit}', ${clock})`;
  if (x.type.kind !== "timestamptz" || unit in DAYS || unit in MONTHS || zoneOf(x) === "'UTC'")
    return atLocal(x, cut);
  // Within the hour that the clocks show twice, the offset stays what it is.
  return atInstant(x, `(${instant(x)} - (${clock} - ${cut}))`);
}

export function difference(args: readonly Value[], name: string): Value {
  arity(name, args, 3);
  const unit = unitOf(at(args, 0, name), name);
  const [from, to] = [moment(args, 1, name), moment(args, 2, name)];
  if (from.type.kind === "date" && to.type.kind === "date") onDate(from, unit);
  const from_ = [from, to];
  const milliseconds = CLOCK[unit];
  if (milliseconds !== undefined) {
    const [a, b] = withZone(from, to) ? [instant(from), instant(to)] : [local(from), local(to)];
    return made(bigint, `((epoch_ms(${b}) - epoch_ms(${a})) // ${milliseconds})`, from_);
  }
  // The first moment's zone counts the days of both.
  const a = local(from);
  const b = withZone(from, to) ? clockOf(instant(to), zoneOf(from)) : local(to);
  const days = DAYS[unit];
  if (days !== undefined)
    return made(bigint, `((epoch_ms(${b}) - epoch_ms(${a})) // ${86_400_000 * days})`, from_);
  return made(bigint, `CAST(trino_months(${a}, ${b}) // ${MONTHS[unit] ?? 1} AS BIGINT)`, from_);
}

function withZone(from: Value, to: Value): boolean {
  return from.type.kind === "timestamptz" || to.type.kind === "timestamptz";
}

export function added(args: readonly Value[], name: string): Value {
  arity(name, args, 3);
  const unit = unitOf(at(args, 0, name), name);
  const count = coerce(at(args, 1, name), bigint, name);
  const x = moment(args, 2, name);
  onDate(x, unit);
  const milliseconds = CLOCK[unit];
  if (milliseconds === undefined) {
    const [duck, factor] = unit in DAYS ? ["to_days", DAYS[unit]] : ["to_months", MONTHS[unit]];
    return atLocal(x, `(${local(x)} + ${duck}(CAST(${count.sql} * ${factor} AS INTEGER)))`, [x, count]);
  }
  const step = `to_microseconds(${count.sql} * ${milliseconds * 1000})`;
  if (x.type.kind !== "timestamptz") return made(x.type, `(${x.sql} + ${step})`, [x, count]);
  return atInstant(x, `(${instant(x)} + ${step})`, [x, count]);
}

export function moment(args: readonly Value[], index: number, name: string): Value {
  const x = at(args, index, name);
  if (x.type.kind === "unknown") return cast(x, timestamp(3), false);
  if (isMoment(x.type)) return x;
  throw new AthenaError("TYPE_MISMATCH", `${name} wants a date or a timestamp, found ${trinoName(x.type)}`);
}
