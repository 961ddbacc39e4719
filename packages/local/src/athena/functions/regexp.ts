/**
 * Regular expressions. Trino's are Java's, DuckDB's are RE2: a pattern must be a literal, and one that the two
 * read differently is refused.
 */

import { coerce } from "../cast.ts";
import { refuse } from "../errors.ts";
import { array, bigint, boolean, varchar } from "../type.ts";
import { failure, made, quote, type Value } from "../value.ts";
import { arity, at, type Scalars } from "./signature.ts";

export const regexp: Scalars = {
  regexp_like: (args, name) => {
    arity(name, args, 2);
    const s = subject(args, name);
    return made(boolean, `regexp_matches(${s.sql}, ${pattern(at(args, 1, name), name)})`, [s]);
  },
  regexp_count: (args, name) => {
    arity(name, args, 2);
    const s = subject(args, name);
    return made(
      bigint,
      `CAST(len(regexp_extract_all(${s.sql}, ${pattern(at(args, 1, name), name)})) AS BIGINT)`,
      [s],
    );
  },
  regexp_extract: (args, name) => {
    arity(name, args, 2, 3);
    const s = subject(args, name);
    const source = pattern(at(args, 1, name), name);
    const group = groupOf(args[2], source, name);
    // No match is NULL; DuckDB gives the empty text.
    return made(
      varchar,
      `CASE WHEN regexp_matches(${s.sql}, ${source}) THEN regexp_extract(${s.sql}, ${source}, ${group}) END`,
      [s],
    );
  },
  regexp_extract_all: (args, name) => {
    arity(name, args, 2, 3);
    const s = subject(args, name);
    const source = pattern(at(args, 1, name), name);
    return made(
      array(varchar),
      `regexp_extract_all(${s.sql}, ${source}, ${groupOf(args[2], source, name)})`,
      [s],
    );
  },
  regexp_replace: (args, name) => {
    arity(name, args, 2, 3);
    const s = subject(args, name);
    const by = quote(replacement(args[2], name));
    return made(varchar, `regexp_replace(${s.sql}, ${pattern(at(args, 1, name), name)}, ${by}, 'g')`, [s]);
  },
  regexp_split: (args, name) => {
    arity(name, args, 2);
    const s = subject(args, name);
    return made(array(varchar), `regexp_split_to_array(${s.sql}, ${pattern(at(args, 1, name), name)})`, [s]);
  },
};

/**
 * The text that is searched. Before a last line break Java's `$` matches too, and its \\w, \\d, \\b and (?i) know
 * more than ASCII: a text where that could matter makes the query fail, rather than answer otherwise.
 */
function subject(args: readonly Value[], name: string): Value {
  const s = coerce(at(args, 0, name), varchar, name);
  const source = args[1]?.constant ?? "";
  const checks = [
    ...(/(^|[^\\])\$/.test(source) ? [`ends_with(${s.sql}, chr(10))`] : []),
    ...(/\\[wWbBdDsS]|\(\?i/.test(source) ? [`strlen(${s.sql}) <> length(${s.sql})`] : []),
  ];
  if (checks.length === 0) return s;
  const message = `${name}: this expression reads line breaks or letters beyond ASCII otherwise here; on Athena it works`;
  return made(
    varchar,
    `CASE WHEN ${checks.join(" OR ")} THEN ${failure(quote(message), varchar)} ELSE ${s.sql} END`,
    [s],
  );
}

function pattern(value: Value, name: string): string {
  const text = value.constant;
  if (value.type.kind !== "varchar" || text === undefined) {
    throw refuse(`${name} with a pattern that is not a literal`, "it can't be checked before the query runs");
  }
  const trap = TRAPS.find(([form]) => form.test(text));
  if (trap !== undefined)
    throw refuse(`The regular expression '${text}'`, `${trap[1]} means something else to Java`);
  return quote(text);
}

/** What Java's and RE2's expressions do not share. */
const TRAPS: readonly (readonly [form: RegExp, what: string])[] = [
  [/\(\?[=!<>]/, "a look-around or a named group"],
  [/[*+?}]\+/, "a possessive quantifier"],
  [/\\[1-9kgGRXhHvVZzAbBQEpP]/, "one of its escapes"],
  [/&&|\[[^\]]*\[/, "a character class inside another"],
  [/\(\?[a-zA-Z-]*[a-hj-zA-Z][a-zA-Z-]*[:)]/, "an inline flag"],
];

function groupOf(value: Value | undefined, source: string, name: string): number {
  if (value === undefined) return 0;
  const group = Number(value.constant);
  if (value.constant === undefined || !Number.isInteger(group) || group < 0) {
    throw refuse(`${name} with a group that is not a literal`, "it can't be checked before the query runs");
  }
  // A group that took no part in the match is NULL for Trino and empty for DuckDB.
  if (group > 0 && /\|/.test(source))
    throw refuse(`${name} of a group beside '|'`, "a group that did not match is NULL");
  if (group > 0 && /\)([?*]|\{0)/.test(source))
    throw refuse(`${name} of an optional group`, "a group that did not match is NULL");
  return group;
}

/** `$1` is `\1` in RE2. */
function replacement(value: Value | undefined, name: string): string {
  if (value === undefined) return "";
  if (value.type.kind !== "varchar" || value.constant === undefined) {
    throw refuse(`${name} with a replacement that is not a literal`, "its '$' and '\\' are read otherwise");
  }
  if (/\\/.test(value.constant) || /\$(\{|\d\d|[^\d]|$)/.test(value.constant)) {
    throw refuse(`The replacement '${value.constant}'`, "only $0 to $9 are read in both engines");
  }
  return value.constant.replaceAll(/\$(\d)/g, "\\$1");
}
