/** How a scalar function is written down: the types that it takes and returns, and its DuckDB SQL. */

import { coerce } from "../cast.ts";
import { coercible } from "../common-type.ts";
import { AthenaError } from "../errors.ts";
import { sameType, type Type, trinoName } from "../type.ts";
import { made, type Value } from "../value.ts";

export type Scalar = (args: readonly Value[], name: string) => Value;
export type Scalars = Readonly<Record<string, Scalar>>;

type Sql = (...args: string[]) => string;
type Overload = readonly [params: readonly Type[], returns: Type, sql: Sql];

/** The overload that fits best: exactly, else the first whose parameters the arguments become by themselves. */
export function overloads(...all: readonly Overload[]): Scalar {
  return (args, name) => {
    const sized = all.filter(([params]) => params.length === args.length);
    const exact = sized.find(([params]) => params.every((param, i) => isExact(args[i], param)));
    const found = exact ?? sized.find(([params]) => params.every((param, i) => fits(args[i], param)));
    if (found === undefined)
      throw unexpected(
        name,
        args,
        all.map(([params]) => params),
      );
    const [params, returns, sql] = found;
    const values = params.map((param, i) => coerce(args[i] as Value, param, name));
    return made(returns, sql(...values.map((value) => value.sql)), values);
  };
}

export function takes(params: readonly Type[], returns: Type, sql: Sql): Scalar {
  return overloads([params, returns, sql]);
}

function isExact(arg: Value | undefined, param: Type): boolean {
  return arg !== undefined && sameType(arg.type, param);
}

function fits(arg: Value | undefined, param: Type): boolean {
  return arg !== undefined && coercible(arg.type, param);
}

function unexpected(name: string, args: readonly Value[], params: readonly (readonly Type[])[]): AthenaError {
  const forms = params.map((types) => `${name}(${types.map(trinoName).join(", ")})`).join(", ");
  const found = args.map((arg) => trinoName(arg.type)).join(", ");
  return new AthenaError(
    "FUNCTION_NOT_FOUND",
    `Unexpected parameters (${found}) for function ${name}. Expected: ${forms}`,
  );
}

/** Exactly `least` to `most` arguments, or FUNCTION_NOT_FOUND. */
export function arity(name: string, args: readonly unknown[], least: number, most: number = least): void {
  if (args.length >= least && args.length <= most) return;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  throw new AthenaError("FUNCTION_NOT_FOUND", `${name} takes ${wanted} arguments, found ${args.length}`);
}

/** The argument at that place. */
export function at(args: readonly Value[], index: number, name: string): Value {
  const value = args[index];
  if (value === undefined) throw new AthenaError("FUNCTION_NOT_FOUND", `${name} wants argument ${index + 1}`);
  return value;
}
