/**
 * The parser's syntax tree, read strictly: whoever handles a node names every field that it understands,
 * and a field that nobody named refuses the query. So what the parser accepts beyond Trino's grammar can't
 * slip through, and neither can a clause that was overlooked here.
 */

import { refuse, refuseUnknown } from "./errors.ts";

/** A node: one key, its kind, and under it the fields. */
export type Node = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, unknown>>;

/** The node's kind and fields, such as `["div", {left, right}]`. */
export function open(node: unknown): readonly [kind: string, fields: Fields] {
  if (typeof node !== "object" || node === null) throw refuse("This syntax", "its tree is unknown");
  const entries = Object.entries(node);
  const [entry] = entries;
  if (entries.length !== 1 || entry === undefined) throw refuse("This syntax", "its tree is unknown");
  const [kind, fields] = entry;
  return [kind, typeof fields === "object" && fields !== null ? (fields as Fields) : { value: fields }];
}

/** Throws when the fields hold something beyond the known ones. */
export function only(what: string, fields: Fields, known: readonly string[]): void {
  for (const [name, value] of Object.entries(fields)) {
    if (!known.includes(name) && !isEmpty(value) && !DECORATION.test(name)) {
      throw refuseUnknown(
        `${what} with ${name.replaceAll("_", " ")}`,
        "this form is not on the list of faithful ones",
      );
    }
  }
}

/** How something was spelt, never what it means. */
const DECORATION =
  /comments$|^span$|_text$|_spelling$|^alias_explicit_as$|^alias_keyword$|^original_name$|^inferred_type$|^use_(inner|outer)_keyword$|^nesting_group$|^no_parens$|^from_for_syntax$|^sql_standard_syntax$|^position_explicit$|^alias_first$|^nested$|^use_plural$/;

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return false;
}

export function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value : [];
}

export function child(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null ? (value as Node) : undefined;
}

/** An identifier's text: quoted or not, Trino compares it without regard to case. */
export function identifier(value: unknown): string | undefined {
  const name = child(value)?.["name"];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** The kind and value of a literal, such as `["number", "1.5"]`. */
export function literal(node: unknown): readonly [kind: string, text: string] | undefined {
  const body = child(child(node)?.["literal"]);
  if (body === undefined) return undefined;
  return [String(body["literal_type"]), String(body["value"])];
}

/** Without the parentheses around it. */
export function bare(node: Node): Node {
  const inner = child(child(node["paren"])?.["this"]);
  return inner === undefined ? node : bare(inner);
}

/** The child node that must be there. */
export function required(value: unknown): Node {
  const node = child(value);
  if (node === undefined) throw refuse("This syntax", "a part of its tree is missing");
  return node;
}
