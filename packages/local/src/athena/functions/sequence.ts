/** sequence(): from start to stop, both included, at most 10,000 values. */

import { cast, coerce, unify } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { local } from "../time.ts";
import { array, bigint, duckName, isInteger, trinoName } from "../type.ts";
import { failure, made, type Value } from "../value.ts";
import { arity, at } from "./signature.ts";

/** From start to stop, both included, at most 10,000 values. */
export function sequence(args: readonly Value[], name: string): Value {
  arity(name, args, 2, 3);
  const [from, to] = unify([at(args, 0, name), at(args, 1, name)], name).values;
  const [start, stop] = [at(from ? [from] : [], 0, name), at(to ? [to] : [], 0, name)];
  const step = args[2];
  if (isInteger(start.type)) return integers(start, stop, step, name);
  if (!["date", "timestamp", "timestamptz"].includes(start.type.kind)) {
    throw new AthenaError("FUNCTION_NOT_FOUND", `sequence of ${trinoName(start.type)} is not known`);
  }
  if (step === undefined && start.type.kind !== "date")
    throw new AthenaError("FUNCTION_NOT_FOUND", "a sequence of timestamps needs a step");
  return moments(start, stop, step, name);
}

function integers(start: Value, stop: Value, step: Value | undefined, name: string): Value {
  const [a, b] = [cast(start, bigint, false), cast(stop, bigint, false)];
  const by =
    step === undefined
      ? made(bigint, `CASE WHEN ${a.sql} > ${b.sql} THEN -1 ELSE 1 END`)
      : coerce(step, bigint, name);
  return made(
    array(bigint),
    checked(a.sql, b.sql, by, `CAST(generate_series(${a.sql}, ${b.sql}, ${by.sql}) AS BIGINT[])`),
    [a, b, ...(step ? [by] : [])],
  );
}

function moments(start: Value, stop: Value, step: Value | undefined, name: string): Value {
  if (start.type.kind === "timestamptz" && start.type.zone !== "UTC")
    throw refuse(
      "A sequence of timestamps in another zone than UTC",
      "days there have 23 to 25 hours",
      "cast(… AS timestamp(6)) around start and stop",
    );
  const type = array(start.type);
  const [a, b] = [local(start), local(stop)];
  const by = step ?? { ...made({ kind: "daytime" }, "CAST(86400000 AS BIGINT)"), constant: "86400000" };
  if (by.type.kind === "yearmonth") return months(start, stop, by);
  if (by.type.kind !== "daytime")
    throw new AthenaError("FUNCTION_NOT_FOUND", `${name} of ${trinoName(start.type)} steps by an interval`);
  if (start.type.kind === "date" && (by.constant === undefined || Number(by.constant) % 86_400_000 !== 0)) {
    throw refuse(
      "A sequence of dates by hours or by a computed interval",
      "a date has none",
      "INTERVAL '1' DAY",
    );
  }
  // The step's own digits are kept: microseconds stay those of the start.
  const series = `generate_series(${a}, ${b}, to_microseconds(${by.sql} * 1000))`;
  const typed =
    start.type.kind === "timestamptz"
      ? `list_transform(${series}, lambda e: make_timestamptz(epoch_us(e)))`
      : `CAST(${series} AS ${duckName(type)})`;
  return made(
    type,
    checked(`epoch_us(${a})`, `epoch_us(${b})`, { ...by, sql: `(${by.sql} * 1000)` }, typed),
    [start, stop, by],
  );
}

/** Each month is counted from the start, so that 31 January leads to 31 March. */
function months(start: Value, stop: Value, by: Value): Value {
  if (by.constant === undefined || Number(by.constant) <= 0)
    throw refuse("A sequence that steps back by months", "only forward literal steps are known");
  const type = array(start.type);
  const [a, b] = [local(start), local(stop)];
  const count = `(trino_months(${a}, ${b}) // ${by.constant})`;
  const items = `list_transform(generate_series(0, ${count}), lambda i: ${a} + to_months(CAST(i * ${by.constant} AS INTEGER)))`;
  const typed =
    start.type.kind === "timestamptz"
      ? `list_transform(${items}, lambda e: make_timestamptz(epoch_us(e)))`
      : `CAST(${items} AS ${duckName(type)})`;
  return made(type, checked(`epoch_us(${a})`, `epoch_us(${b})`, { ...by, sql: "2592000000000" }, typed), [
    start,
    stop,
    by,
  ]);
}

/** The series, or a failure when it leads the other way or has more than 10,000 values. */
function checked(start: string, stop: string, step: Value, series: string): string {
  const away = failure(
    "'sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start'",
    bigint,
  );
  const long = failure("'result of sequence function must not have more than 10000 entries'", bigint);
  const back =
    step.constant === undefined
      ? `(${stop} - ${start}) * sign(${step.sql}) < 0`
      : `${stop} ${Number(step.constant) > 0 ? "<" : ">"} ${start}`;
  const guard = `CASE WHEN ${back} THEN ${away} WHEN abs((${stop} - ${start}) // ${step.sql}) >= 10000 THEN ${long} ELSE 0 END`;
  return `CASE WHEN ${guard} = 0 THEN ${series} END`;
}
