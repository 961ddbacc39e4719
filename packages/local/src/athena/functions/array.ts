/** Arrays and maps. */

import { cast, coerce } from "../cast.ts";
import { comparable } from "../comparison.ts";
import { AthenaError, refuse } from "../errors.ts";
import { array, bigint, boolean, type Type, trinoName, varchar } from "../type.ts";
import { failure, made, type Value } from "../value.ts";
import { sequence } from "./sequence.ts";
import { arity, at, type Scalars } from "./signature.ts";

export const arrays: Scalars = {
  cardinality: (args, name) => {
    const x = at(args, 0, name);
    if (x.type.kind === "map") return made(bigint, `CAST(cardinality(${x.sql}) AS BIGINT)`, [x]);
    return made(bigint, `CAST(len(${list(args, name).sql}) AS BIGINT)`, [x]);
  },
  element_at: (args, name) => {
    arity(name, args, 2);
    const x = at(args, 0, name);
    if (x.type.kind === "map") return mapValue(x, x.type, at(args, 1, name), name);
    const l = list(args, name);
    const index = coerce(at(args, 1, name), bigint, name);
    const zero = failure("'SQL array indices start at 1'", l.type.element);
    const found = `list_extract(${l.sql}, ${index.sql})`;
    const checked =
      index.constant === undefined || Number(index.constant) === 0
        ? `CASE WHEN ${index.sql} = 0 THEN ${zero} ELSE ${found} END`
        : found;
    return made(l.type.element, checked, [l, index]);
  },
  $subscript: (args, name) => {
    const x = at(args, 0, name);
    if (x.type.kind === "map") {
      const found = mapValue(x, x.type, at(args, 1, name), "[ ]");
      const by = coerce(at(args, 1, name), x.type.key, "[ ]");
      const none = failure("'Key not present in map'", x.type.value);
      return made(
        found.type,
        `CASE WHEN NOT map_contains(${x.sql}, ${by.sql}) THEN ${none} ELSE ${found.sql} END`,
        [x, by],
      );
    }
    const l = list(args, "[ ]");
    const index = coerce(at(args, 1, name), bigint, "[ ]");
    const out = failure(
      `'Array subscript must be between 1 and the size of the array: ' || CAST(${index.sql} AS VARCHAR)`,
      l.type.element,
    );
    const sql = `CASE WHEN ${index.sql} < 1 OR ${index.sql} > len(${l.sql}) THEN ${out} ELSE list_extract(${l.sql}, ${index.sql}) END`;
    return made(l.type.element, sql, [l, index]);
  },
  contains: (args, name) => {
    arity(name, args, 2);
    const [l, x] = withElement(args, name);
    const sql = `CASE WHEN ${l.sql} IS NULL OR ${x.sql} IS NULL THEN NULL WHEN list_contains(${l.sql}, ${x.sql}) THEN true WHEN list_count(${l.sql}) < len(${l.sql}) THEN NULL ELSE false END`;
    return made(boolean, sql, [l, x]);
  },
  array_position: (args, name) => {
    arity(name, args, 2);
    const [l, x] = withElement(args, name);
    const sql = `CASE WHEN ${l.sql} IS NULL OR ${x.sql} IS NULL THEN NULL ELSE coalesce(CAST(list_position(${l.sql}, ${x.sql}) AS BIGINT), 0) END`;
    return made(bigint, sql, [l, x]);
  },
  array_join: (args, name) => {
    arity(name, args, 2, 3);
    const l = list(args, name);
    const by = coerce(at(args, 1, name), varchar, name);
    const item = cast(made(l.type.element, "e"), varchar, false);
    const missing = args[2] === undefined ? undefined : coerce(args[2], varchar, name);
    const shown = missing === undefined ? item.sql : `coalesce(${item.sql}, ${missing.sql})`;
    const texts = `list_transform(${l.sql}, lambda e: ${shown})`;
    return made(
      varchar,
      `CASE WHEN ${by.sql} IS NULL THEN NULL ELSE array_to_string(${texts}, ${by.sql}) END`,
      missing === undefined ? [l, by] : [l, by, missing],
    );
  },
  array_distinct: (args, name) => {
    const l = list(args, name);
    // The first of each stays where it is.
    const sql = `list_filter(${l.sql}, lambda e, i: coalesce(list_position(${l.sql}, e) = i, false) OR (e IS NULL AND list_count(${l.sql}[1:i - 1]) = i - 1))`;
    return made(l.type, sql, [l]);
  },
  array_sort: (args, name) => {
    arity(name, args, 1);
    const l = list(args, name);
    plain(l.type.element, name);
    return made(l.type, `list_sort(${l.sql}, 'ASC', 'NULLS LAST')`, [l]);
  },
  array_max: (args, name) => extreme(args, name, "list_max"),
  array_min: (args, name) => extreme(args, name, "list_min"),
  slice: (args, name) => {
    arity(name, args, 3);
    const l = list(args, name);
    const [start, count] = [coerce(at(args, 1, name), bigint, name), coerce(at(args, 2, name), bigint, name)];
    if (start.constant === undefined || Number(start.constant) < 1)
      throw refuse("slice from the end or a computed place", "only a literal start of 1 or more is known");
    return made(l.type, `list_slice(${l.sql}, ${start.sql}, ${start.sql} + ${count.sql} - 1)`, [
      l,
      start,
      count,
    ]);
  },
  repeat: (args, name) => {
    arity(name, args, 2);
    const [x, count] = [at(args, 0, name), coerce(at(args, 1, name), bigint, name)];
    return made(array(x.type), `list_transform(range(${count.sql}), lambda e: ${x.sql})`, [x, count]);
  },
  sequence,
  map_keys: (args, name) => {
    const m = map(args, name);
    return made(array(m.type.key), `map_keys(${m.sql})`, [m]);
  },
  map_values: (args, name) => {
    const m = map(args, name);
    return made(array(m.type.value), `map_values(${m.sql})`, [m]);
  },
  map: (args, name) => {
    arity(name, args, 2);
    const [keys, values] = [list(args, name), list(args.slice(1), name)];
    return made(
      { kind: "map", key: keys.type.element, value: values.type.element },
      `map(${keys.sql}, ${values.sql})`,
      [keys, values],
    );
  },
  row: (args) => {
    const parts = args.map((arg, i) => `f${i} := ${arg.sql}`);
    return made(
      { kind: "row", fields: args.map((arg) => ({ name: null, type: arg.type })) },
      `struct_pack(${parts.join(", ")})`,
      args,
    );
  },
};

function list(args: readonly Value[], name: string): Value & { type: { kind: "array"; element: Type } } {
  const x = at(args, 0, name);
  if (x.type.kind !== "array")
    throw new AthenaError("TYPE_MISMATCH", `${name} wants an array, found ${trinoName(x.type)}`);
  return { ...x, type: x.type };
}

function map(
  args: readonly Value[],
  name: string,
): Value & { type: { kind: "map"; key: Type; value: Type } } {
  const x = at(args, 0, name);
  if (x.type.kind !== "map")
    throw new AthenaError("TYPE_MISMATCH", `${name} wants a map, found ${trinoName(x.type)}`);
  return { ...x, type: x.type };
}

function mapValue(x: Value, type: Type & { kind: "map" }, by: Value, name: string): Value {
  const found = coerce(by, type.key, name);
  return made(type.value, `map_extract_value(${x.sql}, ${found.sql})`, [x, found]);
}

/** The array and the element, as arrays and elements of one type. */
function withElement(args: readonly Value[], name: string): [Value, Value] {
  const l = list(args, name);
  const [element, x] = comparable(name, made(l.type.element, "e"), at(args, 1, name));
  plain(element.type, name);
  return [cast(l, array(element.type), false), { ...x, columns: at(args, 1, name).columns }];
}

function plain(type: Type, name: string): void {
  if (["array", "map", "row"].includes(type.kind) || (type.kind === "timestamptz" && type.zone === null)) {
    throw refuse(`${name} of an array of ${trinoName(type)}`, "its elements compare otherwise");
  }
}

/** NULL when one element is. */
function extreme(args: readonly Value[], name: string, duck: string): Value {
  arity(name, args, 1);
  const l = list(args, name);
  plain(l.type.element, name);
  if (l.type.element.kind === "double" || l.type.element.kind === "real")
    throw refuse(`${name} of doubles`, "NaN compares otherwise");
  return made(
    l.type.element,
    `CASE WHEN list_count(${l.sql}) < len(${l.sql}) THEN NULL ELSE ${duck}(${l.sql}) END`,
    [l],
  );
}
