import { AwsError } from "./aws-error.ts";

/**
 * Puts execution parameters where the question marks of a query are, each as the SQL text it is: `'abc'`, `7`.
 * Question marks within strings, quoted names and comments are none. Throws InvalidRequestException when the
 * numbers differ or a parameter is not one literal.
 */
export function bindParameters(sql: string, parameters: readonly string[]): string {
  if (parameters.length === 0) return sql;
  for (const parameter of parameters) {
    if (!literal.test(parameter)) {
      throw new AwsError("InvalidRequestException", `Execution parameter ${parameter} is not a literal.`);
    }
  }
  let next = 0;
  const bound = sql.replace(tokens, (token) => (token === "?" ? (parameters[next++] ?? "?") : token));
  if (next === parameters.length) return bound;
  throw new AwsError(
    "InvalidRequestException",
    `Incorrect number of parameters: expected ${next} but found ${parameters.length}`,
  );
}

/** Everything in which a question mark is only a character, and the question mark itself. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** A string, a number, a typed literal such as DATE '2026-11-20', a boolean or NULL. */
const literal = /^\s*(?:(?:[a-z]+\s+)?'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?|true|false|null)\s*$/i;
