/** What is wrong with a configuration: its key, what was found there, what is allowed. */

import { nearestName } from "@penstock/contracts/errors.ts";
import * as z from "zod";

export const anAccount = "an AWS account: twelve digits in quotes";

type Issue = z.core.$ZodIssue;

/** `region: found "eu-west", expected one of …`. */
export function toldIssue(issue: Issue, schema: z.ZodType): readonly string[] {
  const key = issue.path.map(String).join(".");
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) => {
        const at = key === "" ? unknown : `${key}.${unknown}`;
        return `${at}: there is no such key${suggestion(unknown, keysAt(issue.path, schema))}`;
      });
    case "invalid_value":
      return [
        `${key}: ${found(issue)}, expected one of ${issue.values.join(", ")}${
          typeof issue.input === "string" ? hint(issue.input, issue.values.map(String)) : ""
        }`,
      ];
    case "invalid_type":
      return [
        `${key}: ${found(issue)}, expected ${expectedAt[key] ?? plain[issue.expected] ?? issue.expected}`,
      ];
    case "invalid_union":
      return toldOfUnion(key, issue, schema);
    case "too_small":
      return [`${key}: ${found(issue)}, expected at least ${issue.minimum}`];
    case "too_big":
      return [`${key}: ${found(issue)}, expected at most ${issue.maximum}`];
    default:
      return [`${key}: ${found(issue)}, expected ${issue.message}`];
  }
}

/** What is more than a type. */
const expectedAt: Readonly<Record<string, string>> = {
  account: anAccount,
  pipelines: '"all", or a list of names',
  "api.access": '"public", "iam" or { jwt: { issuer, audience } }',
};

/** By the alternative that was meant: the one that took what was found, and missed something in it. */
function toldOfUnion(
  key: string,
  issue: Extract<Issue, { code: "invalid_union" }>,
  schema: z.ZodType,
): readonly string[] {
  const meant = issue.errors.find((errors) =>
    errors.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
  );
  if (meant === undefined) return [`${key}: ${found(issue)}, expected ${expectedAt[key] ?? issue.message}`];
  return meant.flatMap((error) => toldIssue({ ...error, path: [...issue.path, ...error.path] }, schema));
}

const plain: Readonly<Record<string, string>> = { int: "a whole number", array: "a list" };

const found = (issue: Issue): string =>
  issue.input === undefined ? "it is missing" : `found ${JSON.stringify(issue.input)}`;

/** The keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[], schema: z.ZodType): readonly string[] {
  let at: unknown = schema;
  for (const step of path) {
    at = at instanceof z.ZodObject ? (at.shape as Record<PropertyKey, unknown>)[step] : undefined;
    while (isWrapped(at)) at = at.unwrap();
    if (at instanceof z.ZodUnion) at = at.options.find((option) => option instanceof z.ZodObject);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

const isWrapped = (
  at: unknown,
): at is z.ZodDefault<z.ZodType> | z.ZodPrefault<z.ZodType> | z.ZodNullable<z.ZodType> =>
  at instanceof z.ZodDefault || at instanceof z.ZodPrefault || at instanceof z.ZodNullable;

/** What is near a name that is unknown, or all there is. */
export const suggestion = (name: string, known: readonly string[]): string => {
  const near = nearestName(name, known);
  return near === undefined ? `; there is ${known.join(", ") || "none"}` : `; did you mean "${near}"?`;
};

const hint = (name: string, known: readonly string[]): string => {
  const near = nearestName(name, known);
  return near === undefined ? "" : `; did you mean "${near}"?`;
};
