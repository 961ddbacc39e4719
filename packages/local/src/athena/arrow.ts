/** A query's result as an apache-arrow Table, column by column. */

import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  Table,
  TimestampMicrosecond,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Prepared } from "./execute.ts";
import { render } from "./render.ts";
import type { Type } from "./type.ts";

/**
 * Integers, doubles, booleans, decimals, dates and timestamps keep their types (timestamps in microseconds, UTC
 * when they have a zone); everything else, such as arrays, is the text that Athena shows.
 */
export function arrowTable({ columns }: Prepared, rows: readonly (readonly DuckDBValue[])[]): Table {
  const vectors: Record<string, Vector> = {};
  for (const [i, { name, type }] of columns.entries()) {
    const values = rows.map((row) => row[i] ?? null);
    // Arrow's names are unique; Athena's need not be.
    vectors[name in vectors ? `${name}_${i}` : name] = vector(values, type);
  }
  return new Table(vectors);
}

function vector(values: readonly DuckDBValue[], type: Type): Vector {
  if (type.kind === "boolean") return vectorFromArray(values as (boolean | null)[], new Bool());
  const layout = layoutOf(type);
  if (layout === undefined)
    return vectorFromArray(
      values.map((value) => render(value, type)),
      new Utf8(),
    );
  const { arrow, data, write } = layout(values.length);
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      nullCount += 1;
      continue;
    }
    nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7));
    write(i, value);
  }
  return new Vector([makeData({ type: arrow, length: values.length, nullCount, nullBitmap, data } as never)]);
}

interface Layout {
  readonly arrow: DataType;
  readonly data: ArrayBufferView;
  write(index: number, value: DuckDBValue): void;
}

/** How values of a fixed width are laid out, or nothing for the others. */
function layoutOf(type: Type): ((length: number) => Layout) | undefined {
  switch (type.kind) {
    case "tinyint":
      return (length) => numbers(new Int8(), new Int8Array(length));
    case "smallint":
      return (length) => numbers(new Int16(), new Int16Array(length));
    case "integer":
      return (length) => numbers(new Int32(), new Int32Array(length));
    case "real":
      return (length) => numbers(new Float32(), new Float32Array(length));
    case "double":
      return (length) => numbers(new Float64(), new Float64Array(length));
    case "bigint":
      return (length) => bigints(new Int64(), length, (value) => BigInt(value as bigint));
    case "timestamp":
      return (length) => bigints(new TimestampMicrosecond(), length, micros);
    case "timestamptz":
      return type.zone === null
        ? undefined
        : (length) => bigints(new TimestampMicrosecond("UTC"), length, micros);
    case "date":
      return (length) => {
        const data = new Int32Array(length);
        return {
          arrow: new DateDay(),
          data,
          write: (i, value) => {
            if (value instanceof DuckDBDateValue) data[i] = value.days;
          },
        };
      };
    case "decimal":
      return (length) => decimals(length, type.precision, type.scale);
    default:
      return undefined;
  }
}

function numbers(
  arrow: DataType,
  data: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array,
): Layout {
  return {
    arrow,
    data,
    write: (i, value) => {
      data[i] = Number(value);
    },
  };
}

function bigints(arrow: DataType, length: number, read: (value: DuckDBValue) => bigint): Layout {
  const data = new BigInt64Array(length);
  return {
    arrow,
    data,
    write: (i, value) => {
      data[i] = read(value);
    },
  };
}

function micros(value: DuckDBValue): bigint {
  return value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue ? value.micros : 0n;
}

/** 128 bits each, two's complement, the lowest first. */
function decimals(length: number, precision: number, scale: number): Layout {
  const data = new Uint32Array(length * 4);
  const write = (i: number, value: DuckDBValue): void => {
    if (!(value instanceof DuckDBDecimalValue)) return;
    const bits = BigInt.asUintN(128, value.value);
    for (let word = 0; word < 4; word += 1) {
      data[i * 4 + word] = Number((bits >> BigInt(32 * word)) & 0xffff_ffffn);
    }
  };
  return { arrow: new Decimal(scale, precision, 128), data, write };
}
