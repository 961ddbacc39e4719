import { invalid } from "./aws-error.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object; a field that is undefined is left out when written. */
export type JsonObject = { readonly [field: string]: Json | undefined };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parses an object. Throws a SyntaxError for anything else. */
export function parseObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError("expected a JSON object");
  return value;
}

/** A text field of a request. Throws ValidationException when it is missing or of another kind. */
export function requiredText(input: JsonObject, field: string): string {
  const value = input[field];
  if (typeof value !== "string" || value === "") throw invalid(`${field} must be a text that is not empty.`);
  return value;
}

/** A text field that may be absent. Throws ValidationException when it is of another kind. */
export function optionalText(input: JsonObject, field: string): string | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(`${field} must be a text.`);
  return value;
}

/** A number field that may be absent. Throws ValidationException when it is of another kind. */
export function optionalNumber(input: JsonObject, field: string): number | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") throw invalid(`${field} must be a number.`);
  return value;
}

/** A field that holds texts, such as job arguments; absent is empty. */
export function textMap(input: JsonObject, field: string): Readonly<Record<string, string>> {
  const value = input[field];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw invalid(`${field} must be an object of texts.`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== "string") throw invalid(`${field}.${key} must be a text.`);
      return [key, text];
    }),
  );
}

/** A field that holds a list of texts; absent is undefined. */
export function textList(input: JsonObject, field: string): readonly string[] | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((text) => typeof text === "string")) {
    throw invalid(`${field} must be a list of texts.`);
  }
  return value;
}
