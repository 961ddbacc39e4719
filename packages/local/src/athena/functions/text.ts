/** String functions: characters are Unicode code points, NULL in makes NULL out. */

import { cast, coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { array, bigint, boolean, type Type, trinoName, varbinary, varchar } from "../type.ts";
import { failure, made, quote, type Value } from "../value.ts";
import { arity, at, overloads, type Scalar, type Scalars, takes } from "./signature.ts";

/** Java's white space, which Trino trims; DuckDB trims spaces only. */
const WHITE = quote(
  "\t\n\v\f\r\u001c\u001d\u001e\u001f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000",
);

export const text: Scalars = {
  lower: takes([varchar], varchar, (s) => `lower(${s})`),
  upper: takes([varchar], varchar, (s) => `trino_upper(${s})`),
  length: overloads(
    [[varchar], bigint, (s) => `CAST(length(${s}) AS BIGINT)`],
    [[varbinary], bigint, (s) => `CAST(octet_length(${s}) AS BIGINT)`],
  ),
  trim: trimming("trim"),
  ltrim: trimming("ltrim"),
  rtrim: trimming("rtrim"),
  substr: substring,
  substring,
  strpos: takes([varchar, varchar], bigint, (s, part) => `CAST(strpos(${s}, ${part}) AS BIGINT)`),
  position: takes([varchar, varchar], bigint, (s, part) => `CAST(strpos(${s}, ${part}) AS BIGINT)`),
  starts_with: takes([varchar, varchar], boolean, (s, part) => `starts_with(${s}, ${part})`),
  ends_with: takes([varchar, varchar], boolean, (s, part) => `ends_with(${s}, ${part})`),
  replace: (args, name) => {
    arity(name, args, 2, 3);
    const [s, from, to] = [at(args, 0, name), at(args, 1, name), args[2]].map((v) =>
      v === undefined ? undefined : coerce(v, varchar, name),
    );
    if (from?.constant === undefined || from.constant === "") {
      throw refuse(
        "replace of something that is not a literal",
        "an empty text is replaced otherwise",
        "the literal itself",
      );
    }
    return made(
      varchar,
      `replace(${s?.sql}, ${from.sql}, ${to?.sql ?? "''"})`,
      [s, to].filter((v) => v !== undefined),
    );
  },
  reverse: takes(
    [varchar],
    varchar,
    (s) => `array_to_string(list_reverse(regexp_extract_all(${s}, '(?s).')), '')`,
  ),
  lpad: padding("lpad"),
  rpad: padding("rpad"),
  split: (args, name) => {
    arity(name, args, 2);
    const [s, by] = [coerce(at(args, 0, name), varchar, name), separator(at(args, 1, name), name)];
    return made(array(varchar), `string_split(${s.sql}, ${by.sql})`, [s, by]);
  },
  split_part: (args, name) => {
    arity(name, args, 3);
    const [s, by] = [coerce(at(args, 0, name), varchar, name), separator(at(args, 1, name), name)];
    const index = coerce(at(args, 2, name), bigint, name);
    const low = failure("'Index must be greater than zero'", varchar);
    const part = `list_extract(string_split(${s.sql}, ${by.sql}), ${index.sql})`;
    return made(varchar, guardedIndex(index, low, part), [s, by, index]);
  },
  concat: (args, name) => concat(args, name),
  concat_ws: (args, name) => {
    arity(name, args, 2, 128);
    const texts = args.map((arg) => coerce(arg, varchar, name));
    const by = at(texts, 0, name);
    return made(
      varchar,
      `CASE WHEN ${by.sql} IS NULL THEN NULL ELSE concat_ws(${texts.map((t) => t.sql).join(", ")}) END`,
      texts,
    );
  },
  chr: takes([bigint], varchar, (n) => `chr(CAST(${n} AS INTEGER))`),
  codepoint: takes([varchar], { kind: "integer" }, (s) => `unicode(${s})`),
  to_utf8: takes([varchar], varbinary, (s) => `encode(${s})`),
  from_utf8: takes([varbinary], varchar, (b) => `decode(${b})`),
  to_hex: takes([varbinary], varchar, (b) => `hex(${b})`),
  from_hex: takes([varchar], varbinary, (s) => `unhex(${s})`),
  md5: takes([varbinary], varbinary, (b) => `unhex(md5(${b}))`),
  sha1: takes([varbinary], varbinary, (b) => `unhex(sha1(${b}))`),
  sha256: takes([varbinary], varbinary, (b) => `unhex(sha256(${b}))`),
};

function guardedIndex(index: Value, low: string, part: string): string {
  if (index.constant !== undefined && Number(index.constant) > 0) return part;
  return `CASE WHEN ${index.sql} <= 0 THEN ${low} ELSE ${part} END`;
}

/** An empty separator means something else in each engine. */
function separator(value: Value, name: string): Value {
  if (value.constant === undefined || value.constant === "") {
    throw refuse(
      `${name} by something that is not a literal`,
      "an empty separator splits otherwise",
      "the literal itself",
    );
  }
  return coerce(value, varchar, name);
}

function trimming(duck: string): Scalar {
  return (args, name) => {
    arity(name, args, 1, 2);
    const s = coerce(at(args, 0, name), varchar, name);
    const characters = args[1] === undefined ? undefined : coerce(args[1], varchar, name);
    return made(
      varchar,
      `${duck}(${s.sql}, ${characters?.sql ?? WHITE})`,
      characters === undefined ? [s] : [s, characters],
    );
  };
}

function padding(duck: string): Scalar {
  return takes(
    [varchar, bigint, varchar],
    varchar,
    (s, size, fill) => `${duck}(${s}, CAST(${size} AS INTEGER), ${fill})`,
  );
}

/** Counts from 1, or from the end when negative; 0 and places outside make the empty text. */
function substring(args: readonly Value[], name: string): Value {
  arity(name, args, 2, 3);
  const [s, start] = [coerce(at(args, 0, name), varchar, name), coerce(at(args, 1, name), bigint, name)];
  const count = args[2] === undefined ? undefined : coerce(args[2], bigint, name);
  const from = [s, start, ...(count === undefined ? [] : [count])];
  const length = count === undefined ? "" : `, ${count.sql}`;
  const cut = `substring(${s.sql}, ${start.sql}${length})`;
  const plainStart = start.constant !== undefined && Number(start.constant) > 0;
  const plainCount = count === undefined || (count.constant !== undefined && Number(count.constant) >= 0);
  if (plainStart && plainCount) return made(varchar, cut, from);
  const nothing = [
    `${start.sql} = 0`,
    `${start.sql} < -length(${s.sql})`,
    ...(count === undefined ? [] : [`${count.sql} <= 0`]),
  ].join(" OR ");
  const nulls = from.map((v) => `${v.sql} IS NULL`).join(" OR ");
  return made(varchar, `CASE WHEN ${nulls} THEN NULL WHEN ${nothing} THEN '' ELSE ${cut} END`, from);
}

/** Texts, or arrays of one type. */
function concat(args: readonly Value[], name: string): Value {
  arity(name, args, 2, 128);
  const arrays = args.some((arg) => arg.type.kind === "array");
  const type: Type = arrays
    ? at(
        args.filter((a) => a.type.kind === "array"),
        0,
        name,
      ).type
    : varchar;
  const values = args.map((arg) => {
    if (arg.type.kind === "varbinary")
      throw new AthenaError(
        "NOT_SUPPORTED",
        `concat of ${trinoName(arg.type)} is not supported here; on Athena it works`,
      );
    return arg.type.kind === "unknown" ? cast(arg, type, false) : coerce(arg, type, name);
  });
  // CAST: of a literal NULL DuckDB would forget the type.
  if (!arrays) return made(varchar, `CAST((${values.map((v) => v.sql).join(" || ")}) AS VARCHAR)`, values);
  const nulls = values.map((v) => `${v.sql} IS NULL`).join(" OR ");
  const joined = values.map((v) => v.sql).reduce((a, b) => `list_concat(${a}, ${b})`);
  return made(type, `CASE WHEN ${nulls} THEN NULL ELSE ${joined} END`, values);
}
