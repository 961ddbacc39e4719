/** date_format and date_parse (MySQL's letters), format_datetime (Joda's), with literal formats only. */

import { cast, coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { isMoment, local } from "../time.ts";
import { timestamp, trinoName, varchar } from "../type.ts";
import { failure, made, quote, type Value } from "../value.ts";
import { arity, at, type Scalars } from "./signature.ts";

export const dateFormats: Scalars = {
  date_format: (args, name) => formatted(args, name, mysql),
  format_datetime: (args, name) => formatted(args, name, joda),
  date_parse: (args, name) => {
    arity(name, args, 2);
    const text = coerce(at(args, 0, name), varchar, name);
    const format = strptime(constant(at(args, 1, name), name));
    const type = timestamp(3);
    const parsed = `try_strptime(${text.sql}, ${quote(format)})`;
    const wrong = failure(`'Invalid format: "' || ${text.sql} || '"'`, type);
    return made(
      type,
      `CASE WHEN ${parsed} IS NULL AND ${text.sql} IS NOT NULL THEN ${wrong} ELSE ${parsed} END`,
      [text],
    );
  },
};

function constant(value: Value, name: string): string {
  if (value.type.kind === "varchar" && value.constant !== undefined) return value.constant;
  throw refuse(`${name} with a format that is not a literal`, "it can't be checked before the query runs");
}

function formatted(args: readonly Value[], name: string, read: (format: string) => string): Value {
  arity(name, args, 2);
  const first = at(args, 0, name);
  const x = first.type.kind === "unknown" ? cast(first, timestamp(3), false) : first;
  if (!isMoment(x.type))
    throw new AthenaError("TYPE_MISMATCH", `${name} wants a timestamp, found ${trinoName(x.type)}`);
  const format = read(constant(at(args, 1, name), name));
  return made(varchar, `strftime(${local(x)}, ${quote(format)})`, [x]);
}

/** MySQL's letters as strftime's; what differs, or what Trino refuses, is refused. */
const MYSQL: Readonly<Record<string, string>> = {
  a: "%a",
  b: "%b",
  c: "%-m",
  d: "%d",
  e: "%-d",
  H: "%H",
  h: "%I",
  I: "%I",
  i: "%M",
  j: "%j",
  k: "%-H",
  l: "%-I",
  M: "%B",
  m: "%m",
  p: "%p",
  r: "%I:%M:%S %p",
  S: "%S",
  s: "%S",
  T: "%H:%M:%S",
  v: "%V",
  W: "%A",
  x: "%G",
  Y: "%Y",
  y: "%y",
  "%": "%%",
};

function mysql(format: string): string {
  return format.replaceAll(/%(.?)/gs, (_, letter: string) => {
    const known = MYSQL[letter];
    if (known === undefined)
      throw refuse(`date_format with %${letter}`, "this specifier is not on the list of faithful ones");
    return known;
  });
}

/** The letters that both engines read alike when parsing: numbers in a fixed order. */
const PARSED: Readonly<Record<string, string>> = {
  Y: "%Y",
  m: "%m",
  d: "%d",
  H: "%H",
  i: "%M",
  s: "%S",
  S: "%S",
  T: "%H:%M:%S",
  "%": "%%",
};

function strptime(format: string): string {
  return format.replaceAll(/%(.?)/gs, (_, letter: string) => {
    const known = PARSED[letter];
    if (known === undefined)
      throw refuse(`date_parse with %${letter}`, "only %Y %m %d %H %i %s %T are read alike");
    return known;
  });
}

const JODA: Readonly<Record<string, string>> = {
  yyyy: "%Y",
  YYYY: "%Y",
  yy: "%y",
  M: "%-m",
  MM: "%m",
  MMM: "%b",
  MMMM: "%B",
  d: "%-d",
  dd: "%d",
  E: "%a",
  EE: "%a",
  EEE: "%a",
  EEEE: "%A",
  D: "%-j",
  DDD: "%j",
  H: "%-H",
  HH: "%H",
  h: "%-I",
  hh: "%I",
  m: "%-M",
  mm: "%M",
  s: "%-S",
  ss: "%S",
  SSS: "%g",
  a: "%p",
  xxxx: "%G",
  ww: "%V",
  e: "%u",
};

/** Runs of one letter are fields, quoted text and other characters stand for themselves. */
function joda(format: string): string {
  return format.replaceAll(
    /'((?:[^']|'')*)'|([A-Za-z])\2*|%/g,
    (found: string, quoted: string | undefined) => {
      if (quoted !== undefined)
        return quoted === "" ? "'" : quoted.replaceAll("''", "'").replaceAll("%", "%%");
      if (found === "%") return "%%";
      const known = JODA[found];
      if (known === undefined)
        throw refuse(`format_datetime with ${found}`, "this field is not on the list of faithful ones");
      return known;
    },
  );
}
