/** Casts from and to text. Trino's forms only: DuckDB reads far more (`1_000`, `yes`, `2020/01/01`, ` 12 `). */

import { refuse } from "./errors.ts";
import { toInstant } from "./time.ts";
import { duckName, isInteger, type Type, trinoName } from "./type.ts";
import { failure, made, type Value } from "./value.ts";

/** As Trino writes it: 1.0E10, true, 2020-01-01. `moments` writes those with a time. */
export function toText(value: Value, moments: (value: Value) => string): Value {
  const { kind } = value.type;
  const made_ = (sql: string): Value => made({ kind: "varchar" }, sql, [value]);
  if (kind === "double" || kind === "real") return made_(`trino_double_text(${value.sql})`);
  // DuckDB leaves out the zero of 0.5 when no digit stands before the point.
  if (value.type.kind === "decimal" && value.type.precision === value.type.scale) {
    const wider = Math.min(38, value.type.precision + 1);
    if (wider === value.type.scale)
      throw refuse("A cast from decimal(38,38) to varchar", "it has no place for the zero");
    return made_(`CAST(CAST(${value.sql} AS DECIMAL(${wider},${value.type.scale})) AS VARCHAR)`);
  }
  if (isInteger(value.type) || kind === "decimal" || kind === "boolean" || kind === "date") {
    return made_(`CAST(${value.sql} AS VARCHAR)`);
  }
  return made_(moments(value));
}

/** The text as that type, or, when it isn't one: NULL when `safe`, else a failure that quotes it. */
export function fromText(value: Value, to: Type, safe: boolean): Value {
  const form = FORMS[isInteger(to) ? "integer" : to.kind];
  if (form === undefined)
    throw refuse(`A cast from varchar to ${trinoName(to)}`, "it is not on the list of faithful ones");
  const name = trinoName(to).toUpperCase();
  const otherwise = safe
    ? `CAST(NULL AS ${duckName(to)})`
    : failure(`'Cannot cast ''' || ${value.sql} || ''' to ${name}'`, to);
  const read = form.read(value.sql, to, safe ? "TRY_CAST" : "CAST");
  const sql = `CASE WHEN regexp_full_match(${value.sql}, '${form.pattern}') THEN ${read} WHEN ${value.sql} IS NOT NULL THEN ${otherwise} END`;
  return made(to, sql, [value]);
}

interface Form {
  readonly pattern: string;
  read(sql: string, to: Type, cast: string): string;
}

const plain = (sql: string, to: Type, cast: string): string => `${cast}(${sql} AS ${duckName(to)})`;
const DAY = String.raw`\d{4}-\d{1,2}-\d{1,2}`;
const CLOCK = String.raw`\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?`;

const FORMS: Readonly<Record<string, Form>> = {
  integer: { pattern: String.raw`[+-]?\d+`, read: plain },
  double: { pattern: String.raw`\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*`, read: plain },
  real: { pattern: String.raw`\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*`, read: plain },
  decimal: { pattern: String.raw`[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`, read: plain },
  boolean: {
    pattern: "(?i)(true|false|t|f|1|0)",
    read: (sql) => `(lower(${sql}) IN ('true', 't', '1'))`,
  },
  date: { pattern: String.raw`\s*${DAY}\s*`, read: (sql, to, cast) => plain(`trim(${sql})`, to, cast) },
  timestamp: {
    pattern: `${DAY}( ${CLOCK})?`,
    read: (sql, to, cast) => milliseconds(plain(clock(sql), to, cast), to),
  },
  timestamptz: {
    pattern: `${DAY}( ${CLOCK}( (UTC|Z|[A-Za-z_]+/[A-Za-z_/]+))?)?`,
    read: (sql, to, cast) => withZone(sql, to, cast),
  },
};

/** DuckDB wants seconds: `2020-01-01 10:30` gets them. */
function clock(sql: string): string {
  return `regexp_replace(${sql}, '( \\d{1,2}:\\d{1,2})$', '\\1:00')`;
}

function milliseconds(sql: string, to: Type): string {
  if (to.kind !== "timestamp" && to.kind !== "timestamptz") return sql;
  if (to.precision >= 6) return sql;
  if (to.precision !== 3)
    throw refuse(`A cast from varchar to ${trinoName(to)}`, "only precisions 3 and 6 are known");
  return `date_trunc('millisecond', ${sql} + to_microseconds(500))`;
}

function withZone(sql: string, to: Type, cast: string): string {
  const stamp = clock(`regexp_extract(${sql}, '^${DAY}( ${CLOCK})?')`);
  const zone = `coalesce(nullif(regexp_extract(${sql}, '([A-Za-z_/]+)$', 1), ''), 'UTC')`;
  const read = milliseconds(toInstant(`${cast}(${stamp} AS TIMESTAMP)`, zone), to);
  if (to.kind === "timestamptz" && to.zone !== null) {
    // The type promises one zone for all: a text with another one can't be held.
    return `CASE WHEN ${zone} IN ('UTC', 'Z') THEN ${read} ELSE ${failure("'a zone other than UTC in a text cast to timestamp with time zone'", to)} END`;
  }
  return read;
}
