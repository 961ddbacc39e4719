/** Date and time functions: fields, truncation, differences, zones, Unix and ISO forms. */

import { cast, coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { clockOf, instant, local, momentText, toInstant, zoned } from "../time.ts";
import { bigint, date, double, type Type, timestamp, timestamptz, varchar } from "../type.ts";
import { failure, made, type Value } from "../value.ts";
import { added, difference, moment, truncated } from "./date-units.ts";
import { arity, at, type Scalar, type Scalars, takes } from "./signature.ts";

export const dates: Scalars = {
  year: field("year", { yearmonth: (n) => `(${n} // 12)` }),
  quarter: field("quarter"),
  month: field("month", { yearmonth: (n) => `(${n} % 12)` }),
  week: field("week"),
  week_of_year: field("week"),
  year_of_week: field("isoyear"),
  yow: field("isoyear"),
  day: field("day", { daytime: (ms) => `(${ms} // 86400000)` }),
  day_of_month: field("day", { daytime: (ms) => `(${ms} // 86400000)` }),
  day_of_week: field("isodow"),
  dow: field("isodow"),
  day_of_year: field("dayofyear"),
  doy: field("dayofyear"),
  hour: field("hour", { daytime: (ms) => `(${ms} // 3600000 % 24)` }),
  minute: field("minute", { daytime: (ms) => `(${ms} // 60000 % 60)` }),
  second: field("second", { daytime: (ms) => `(${ms} // 1000 % 60)` }),
  millisecond: field("millisecond", { daytime: (ms) => `(${ms} % 1000)` }),
  last_day_of_month: (args, name) => {
    const x = moment(args, 0, name);
    return made(date, `last_day(CAST(${local(x)} AS DATE))`, [x]);
  },
  date: (args, name) => {
    arity(name, args, 1);
    return cast(at(args, 0, name), date, false);
  },
  date_trunc: truncated,
  date_diff: difference,
  date_add: added,
  to_milliseconds: takes([{ kind: "daytime" }], bigint, (ms) => ms),
  to_unixtime: (args, name) => {
    arity(name, args, 1);
    const x = moment(args, 0, name);
    return made(double, `(CAST(epoch_us(${instant(x)}) AS DOUBLE) / 1000000)`, [x]);
  },
  from_unixtime: (args, name) => {
    arity(name, args, 1, 2);
    const x = coerce(at(args, 0, name), double, name);
    const point = `make_timestamptz(CAST(round(${x.sql} * 1000) AS BIGINT) * 1000)`;
    return args[1] === undefined
      ? made(timestamptz(3), point, [x])
      : zoned(point, zoneArgument(args[1], name), 3, [x]);
  },
  at_timezone: (args, name) => {
    arity(name, args, 2);
    const x = moment(args, 0, name);
    return zoned(instant(x), zoneArgument(at(args, 1, name), name), digits(x.type), [x]);
  },
  with_timezone: (args, name) => {
    arity(name, args, 2);
    const x = moment(args, 0, name);
    if (x.type.kind === "timestamptz")
      throw new AthenaError("TYPE_MISMATCH", "with_timezone wants a timestamp without time zone");
    const zone = zoneArgument(at(args, 1, name), name);
    return zoned(toInstant(local(x), zone.sql), zone, digits(x.type), [x]);
  },
  current_date: (args, name) => {
    arity(name, args, 0);
    return made(date, "CAST(make_timestamp(epoch_us(now())) AS DATE)");
  },
  now: (args, name) => {
    arity(name, args, 0);
    return made(timestamptz(3), "date_trunc('millisecond', now())");
  },
  current_timestamp: (args) => present(args, (sql, precision) => made(timestamptz(precision), sql)),
  localtimestamp: (args) =>
    present(args, (sql, precision) => made(timestamp(precision), clockOf(sql, "'UTC'"))),
  current_timezone: takes([], varchar, () => "'UTC'"),
  timezone_hour: offset("3600000000"),
  timezone_minute: offset("60000000 % 60"),
  to_iso8601: iso,
  from_iso8601_date: (args, name) => {
    const text = coerce(at(args, 0, name), varchar, name);
    return made(date, read(text, String.raw`\d{4}-\d{2}-\d{2}`, `CAST(${text.sql} AS DATE)`, date), [text]);
  },
  from_iso8601_timestamp: (args, name) => {
    const text = coerce(at(args, 0, name), varchar, name);
    const form = String.raw`\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z?)?`;
    const stamp = `CAST(regexp_replace(regexp_replace(${text.sql}, 'Z$', ''), '(T\\d{2}:\\d{2})$', '\\1:00') AS TIMESTAMP)`;
    const type = timestamptz(3);
    return made(type, read(text, form, toInstant(`date_trunc('millisecond', ${stamp})`, "'UTC'"), type), [
      text,
    ]);
  },
};

function digits(type: Type): number {
  return type.kind === "timestamp" || type.kind === "timestamptz" ? type.precision : 0;
}

function zoneArgument(value: Value, name: string): Value {
  return coerce(value, varchar, name);
}

/** A field of the moment, by its own clocks; of an interval by plain arithmetic. */
function field(duck: string, ofInterval: Readonly<Record<string, (n: string) => string>> = {}): Scalar {
  return (args, name) => {
    arity(name, args, 1);
    const x = at(args, 0, name);
    const part = ofInterval[x.type.kind];
    if (part !== undefined) return made(bigint, `CAST(${part(x.sql)} AS BIGINT)`, [x]);
    const clock = moment(args, 0, name);
    if (clock.type.kind === "date" && /hour|minute|second/.test(duck)) {
      throw new AthenaError("TYPE_MISMATCH", `${name} wants a timestamp, found date`);
    }
    const whole =
      duck === "millisecond" ? `(millisecond(${local(clock)}) % 1000)` : `${duck}(${local(clock)})`;
    return made(bigint, `CAST(${whole} AS BIGINT)`, [clock]);
  };
}

function present(args: readonly Value[], as: (sql: string, precision: number) => Value): Value {
  const precision = args[0] === undefined ? 3 : Number(args[0].constant);
  if (![0, 3, 6].includes(precision))
    throw refuse("The current time in this precision", "0, 3 and 6 are known");
  const unit = { 0: "second", 3: "millisecond", 6: "microsecond" }[precision];
  return as(`date_trunc('${unit}', now())`, precision);
}

/** The zone's distance from UTC at that moment. */
function offset(divided: string): Scalar {
  return (args, name) => {
    arity(name, args, 1);
    const x = moment(args, 0, name);
    if (x.type.kind !== "timestamptz")
      throw new AthenaError("TYPE_MISMATCH", `${name} wants a timestamp with time zone`);
    return made(bigint, `((epoch_us(${local(x)}) - epoch_us(${instant(x)})) // ${divided})`, [x]);
  };
}

function iso(args: readonly Value[], name: string): Value {
  arity(name, args, 1);
  const x = moment(args, 0, name);
  if (x.type.kind === "date") return made(varchar, `CAST(${x.sql} AS VARCHAR)`, [x]);
  if (x.type.kind === "timestamptz" && x.type.zone !== "UTC")
    throw refuse("to_iso8601 of a zone other than UTC", "its offset");
  const text = `replace(${momentText(local(x), digits(x.type))}, ' ', 'T')`;
  return made(varchar, x.type.kind === "timestamptz" ? `(${text} || 'Z')` : text, [x]);
}

function read(text: Value, form: string, sql: string, type: Type): string {
  const wrong = failure(`'''' || ${text.sql} || ''' is not read here as ISO 8601'`, type);
  return `CASE WHEN regexp_full_match(${text.sql}, '${form}') THEN ${sql} WHEN ${text.sql} IS NOT NULL THEN ${wrong} END`;
}
