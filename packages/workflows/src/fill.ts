/** The one function that fills the `${Names}` of an ASL, on a laptop and on AWS. */

import { nearestName } from "@penstock/contracts/errors.ts";

/** An ASL names something that nobody gave. */
export class UnfilledName extends Error {
  override readonly name = "UnfilledName";
}

/**
 * Fills every `${Name}` in the texts of a JSON value; keys are left alone.
 *
 * @param asl a state machine's definition, or any JSON with names in it
 * @param names the values, by name; more than are used is fine
 * @throws UnfilledName when the ASL names something that `names` lacks
 */
export function fill<T>(asl: T, names: Readonly<Record<string, string>>): T {
  return filled(asl, names) as T;
}

function filled(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return fillText(value, names);
  if (Array.isArray(value)) return value.map((item) => filled(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, names)]));
}

/** Fills every `${name}` in a text, dots allowed: a sanity query's `${sites.rows}`. */
export function fillText(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(names);
    const near = nearestName(name, known);
    const hint = near === undefined ? `there is ${known.join(", ") || "none"}` : `did you mean \${${near}}?`;
    throw new UnfilledName(`nothing fills \${${name}}; ${hint}`);
  });
}

/** The placeholder of a function's ARN: `plan-run` → `${PlanRunFunctionArn}`. */
export function functionArnName(name: string): string {
  const pascal = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return `${pascal}FunctionArn`;
}
