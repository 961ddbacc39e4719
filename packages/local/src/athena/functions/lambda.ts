/** Functions that take a lambda: x -> x + 1. */

import { coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { child, identifier, list, type Node, only } from "../node.ts";
import type { Context } from "../scope.ts";
import { array, boolean, type Type, trinoName } from "../type.ts";
import { made, type Value } from "../value.ts";
import { arity } from "./signature.ts";

type Lambda = (args: readonly Node[], context: Context, name: string) => Value;

export const lambdas: Readonly<Record<string, Lambda>> = {
  transform: (args, context, name) => {
    const { source, body, parameter } = parts(args, context, name);
    return made(array(body.type), `list_transform(${source.sql}, lambda ${parameter}: ${body.sql})`, [
      source,
      body,
    ]);
  },
  filter: (args, context, name) => {
    const { source, body, parameter } = parts(args, context, name);
    const test = coerce(body, boolean, name);
    return made(source.type, `list_filter(${source.sql}, lambda ${parameter}: ${test.sql})`, [source, test]);
  },
  any_match: matching(
    (tests) =>
      `CASE WHEN list_bool_or(${tests}) THEN true WHEN list_count(${tests}) < len(${tests}) THEN NULL ELSE false END`,
  ),
  all_match: matching(
    (tests) =>
      `CASE WHEN NOT list_bool_and(${tests}) THEN false WHEN list_count(${tests}) < len(${tests}) THEN NULL ELSE true END`,
  ),
  none_match: matching(
    (tests) =>
      `CASE WHEN list_bool_or(${tests}) THEN false WHEN list_count(${tests}) < len(${tests}) THEN NULL ELSE true END`,
  ),
};

function matching(sql: (tests: string) => string): Lambda {
  return (args, context, name) => {
    const { source, body, parameter } = parts(args, context, name);
    const test = coerce(body, boolean, name);
    const tests = `list_transform(${source.sql}, lambda ${parameter}: ${test.sql})`;
    return made(boolean, `CASE WHEN ${source.sql} IS NOT NULL THEN ${sql(tests)} END`, [source, test]);
  };
}

/** The array, and the lambda's body with its parameter in scope. */
function parts(
  args: readonly Node[],
  context: Context,
  name: string,
): { source: Value; body: Value; parameter: string } {
  arity(name, args, 2);
  const [first, second] = args;
  const lambda = child(second?.["lambda"]);
  if (first === undefined || lambda === undefined)
    throw new AthenaError("SYNTAX_ERROR", `${name} wants an array and a lambda`);
  only("A lambda", lambda, ["parameters", "body"]);
  const source = context.statement.expression(first, context);
  if (source.type.kind !== "array") {
    throw new AthenaError("TYPE_MISMATCH", `${name} wants an array, found ${trinoName(source.type)}`);
  }
  const [parameter, more] = list(lambda["parameters"]).map(identifier);
  const body = child(lambda["body"]);
  if (parameter === undefined || body === undefined || more !== undefined)
    throw refuse(`${name} with this lambda`, "one parameter is known");
  return within(source, source.type.element, parameter, body, context);
}

function within(
  source: Value,
  type: Type,
  name: string,
  body: Node,
  context: Context,
): { source: Value; body: Value; parameter: string } {
  const id = context.statement.nextId("p");
  const scope = { columns: [{ id, name, qualifier: [], type }], parent: context.scope };
  const value = context.statement.expression(body, {
    ...context,
    scope,
    forbidden: { aggregates: "a lambda", windows: "a lambda" },
  });
  return {
    source,
    body: { ...value, columns: value.columns.filter((column) => column !== id) },
    parameter: id,
  };
}
