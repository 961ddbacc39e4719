/** JSON with numbers of all their digits, which no float has: https://tc39.es/proposal-json-parse-with-source/ */

/** A number's text as `exactJson` writes it. */
export interface ExactNumber {
  readonly rawJSON: string;
}

// Node has it since version 21, TypeScript's library not yet
const json = JSON as typeof JSON & { readonly rawJSON: (text: string) => ExactNumber };

export const exactNumber = (text: string): ExactNumber => json.rawJSON(text);

export const exactJson = (value: object): string => JSON.stringify(value);
