/** What a Choice state asks of the execution's data. */

export type Condition =
  | { readonly kind: "equals"; readonly variable: `$${string}`; readonly value: string | number | boolean }
  | { readonly kind: "present"; readonly variable: `$${string}` }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] };

export const equals = (variable: `$${string}`, value: string | number | boolean): Condition => ({
  kind: "equals",
  variable,
  value,
});
export const present = (variable: `$${string}`): Condition => ({ kind: "present", variable });
export const not = (of: Condition): Condition => ({ kind: "not", of });
export const all = (...of: Condition[]): Condition => ({ kind: "all", of });
export const any = (...of: Condition[]): Condition => ({ kind: "any", of });
