/** Names of columns as they are compared: whatever their case and the blanks around them. */

/** What Python takes for blank; JavaScript's `\s` is another set. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: some of them are blanks
const blanks = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** `" Long  Name"` → `long name` */
export const normal = (name: string): string =>
  strip(folded(name.replace(/^\uFEFF/, "")).replaceAll(blanks, " "));

/** The name without the blanks around it. */
export function strip(name: string): string {
  const begin = new RegExp(`^${blanks.source}`, "u");
  const end = new RegExp(`${blanks.source}$`, "u");
  return name.replace(begin, "").replace(end, "");
}

/** In one case, letter by letter: `Straße` and `STRASSE` are the same, and so are the two small sigmas. */
const folded = (name: string): string =>
  [...name].map((letter) => (letter === "ı" ? letter : letter.toUpperCase().toLowerCase())).join("");
