/** What a task is given: JSON with paths into the execution's data in it. */

/** A value taken when the state runs: a JSONPath (`$.claim.run_id`), the context (`$$.Execution.Id`) or an intrinsic. */
export interface Path {
  readonly path: string;
}

/** JSON whose leaves may be paths; ASL allows no path inside an array, so neither does the type. */
export type Template =
  | string
  | number
  | boolean
  | null
  | Path
  | readonly (string | number | boolean | null)[]
  | { readonly [key: string]: Template };

/** A path into the state's input, such as `$.claim.run_id`. */
export const path = (expression: `$${string}` | `States.${string}`): Path => ({ path: expression });

/** The execution's own ARN. */
export const executionId: Path = path("$$.Execution.Id");

/** What the execution was started with, unchanged by any state. */
export const executionInput: Path = path("$$.Execution.Input");

/** `{ run_id: path("$.a") }` → `{ "run_id.$": "$.a" }`, as ASL writes it. */
export function aslTemplate(template: { readonly [key: string]: Template }): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (isPath(value)) return [`${key}.$`, value.path];
      return [key, isBranch(value) ? aslTemplate(value) : value];
    }),
  );
}

function isPath(value: Template): value is Path {
  return isBranch(value) && Object.keys(value).length === 1 && typeof value.path === "string";
}

function isBranch(value: Template): value is { readonly [key: string]: Template } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
