/** The type that a CAST names. */

import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, list, only } from "./node.ts";
import { array, decimal, type Field, type Type, timestamp, timestamptz } from "./type.ts";

/** A varchar's length cuts the value; the type forgets it. */
export function castType(fields: Fields, from?: Type): { type: Type; length?: number } {
  const name = String(fields["data_type"]);
  const known = [
    "data_type",
    "precision",
    "scale",
    "length",
    "timezone",
    "element_type",
    "key_type",
    "value_type",
    "fields",
  ];
  only(`Type ${name}`, fields, known);
  const number = (key: string): number | undefined =>
    typeof fields[key] === "number" ? (fields[key] as number) : undefined;
  const simple = SIMPLE[name];
  if (simple !== undefined) return { type: simple };
  switch (name) {
    case "var_char": {
      const length = number("length");
      return length === undefined ? { type: { kind: "varchar" } } : { type: { kind: "varchar" }, length };
    }
    case "decimal": {
      const [precision, scale] = [number("precision") ?? 38, number("scale") ?? 0];
      if (precision > 38 || scale > precision)
        throw new AthenaError("INVALID_ARGUMENT", `decimal(${precision},${scale}) is no type`);
      return { type: decimal(precision, scale) };
    }
    case "timestamp": {
      const precision = number("precision") ?? 3;
      if (precision > 6)
        throw refuse(`timestamp(${precision})`, "moments have microseconds at most", "timestamp(6)");
      if (fields["timezone"] !== true) return { type: timestamp(precision) };
      return { type: timestamptz(precision, from?.kind === "timestamptz" ? from.zone : "UTC") };
    }
    case "array":
      return { type: array(castType(part(fields["element_type"])).type) };
    case "map":
      return {
        type: {
          kind: "map",
          key: castType(part(fields["key_type"])).type,
          value: castType(part(fields["value_type"])).type,
        },
      };
    case "struct":
      return { type: { kind: "row", fields: list(fields["fields"]).map(rowField) } };
    default:
      throw refuse(`Type ${name.replaceAll("_", " ")}`, "it is not on the list of faithful types");
  }
}

function rowField(field: Fields): Field {
  only("A row's field", field, ["name", "data_type"]);
  const name = field["name"];
  return {
    name: typeof name === "string" && name !== "" ? name : null,
    type: castType(part(field["data_type"])).type,
  };
}

function part(value: unknown): Fields {
  const node = child(value);
  if (node === undefined) throw new AthenaError("SYNTAX_ERROR", "a type was expected");
  return node;
}

const SIMPLE: Readonly<Record<string, Type>> = {
  boolean: { kind: "boolean" },
  tiny_int: { kind: "tinyint" },
  small_int: { kind: "smallint" },
  int: { kind: "integer" },
  big_int: { kind: "bigint" },
  float: { kind: "real" },
  double: { kind: "double" },
  date: { kind: "date" },
  var_binary: { kind: "varbinary" },
};
