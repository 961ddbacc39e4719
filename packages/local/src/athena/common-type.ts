/** Which types turn into which others by themselves. */

import {
  array,
  asDecimal,
  decimal,
  double,
  type Field,
  INTEGERS,
  isInteger,
  isNumeric,
  real,
  sameType,
  type Type,
  timestamp,
  timestamptz,
} from "./type.ts";

/** The type that both become by themselves in Trino, if there is one: bigint and decimal(5,2) → decimal(21,2). */
export function common(a: Type, b: Type): Type | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === "unknown") return b;
  if (b.kind === "unknown") return a;
  return numbers(a, b) ?? times(a, b) ?? nested(a, b);
}

function numbers(a: Type, b: Type): Type | undefined {
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a.kind === "double" || b.kind === "double") return double;
  if (a.kind === "real" || b.kind === "real") return real;
  if (isInteger(a) && isInteger(b)) return INTEGERS[a.kind].width > INTEGERS[b.kind].width ? a : b;
  const [left, right] = [asDecimal(a), asDecimal(b)];
  if (left === undefined || right === undefined) return undefined;
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  return decimal(Math.min(38, whole + scale), scale);
}

function times(a: Type, b: Type): Type | undefined {
  if (a.kind === "date" && (b.kind === "timestamp" || b.kind === "timestamptz")) return b;
  if (b.kind === "date" && (a.kind === "timestamp" || a.kind === "timestamptz")) return a;
  const [left, right] = [instantOf(a), instantOf(b)];
  if (left === undefined || right === undefined) return undefined;
  const precision = Math.max(left.precision, right.precision);
  if (a.kind === "timestamp" && b.kind === "timestamp") return timestamp(precision);
  return timestamptz(precision, left.zone === right.zone ? left.zone : null);
}

/** A timestamp without zone is one in the session's zone, and Athena's is UTC. */
function instantOf(type: Type): { precision: number; zone: string | null } | undefined {
  if (type.kind === "timestamptz") return type;
  return type.kind === "timestamp" ? { precision: type.precision, zone: "UTC" } : undefined;
}

function nested(a: Type, b: Type): Type | undefined {
  if (a.kind === "array" && b.kind === "array") {
    const element = common(a.element, b.element);
    return element === undefined ? undefined : array(element);
  }
  if (a.kind === "map" && b.kind === "map") {
    const [key, value] = [common(a.key, b.key), common(a.value, b.value)];
    return key === undefined || value === undefined ? undefined : { kind: "map", key, value };
  }
  if (a.kind === "row" && b.kind === "row" && a.fields.length === b.fields.length) {
    const fields: Field[] = [];
    for (const [i, field] of a.fields.entries()) {
      const other = b.fields[i];
      const type = other === undefined ? undefined : common(field.type, other.type);
      if (other === undefined || type === undefined) return undefined;
      fields.push({ name: field.name === other.name ? field.name : null, type });
    }
    return { kind: "row", fields };
  }
  return undefined;
}

/** Whether `from` becomes `to` by itself. */
export function coercible(from: Type, to: Type): boolean {
  const met = common(from, to);
  if (met === undefined) return false;
  if (isNumeric(from) && to.kind === "decimal") return sameType(met, to);
  return met.kind === to.kind && (isNumeric(from) ? sameType(met, to) : true);
}
