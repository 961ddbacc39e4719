/**
 * Which source profile a file is of, by the names in its header. The job's header.py says the same.
 *
 * What is said of a header that is of none never quotes it, since a file that lacks one begins with data: it names
 * what a profile has, counts the rest, and quotes only what is a profile's name but for a slip.
 */

import type { Profile } from "@penstock/workflows/pipeline.ts";
import { normal, strip } from "./column-name.ts";
import { nearest } from "./name-likeness.ts";
import { separatedBy, separators, Unfit } from "./unfit.ts";

/** How many names a message lists; a header may have thousands. */
const shown = 8;

/**
 * The profile with exactly these columns, in any order, whatever their case and the blanks around them.
 *
 * @throws Unfit when there is none: it names the nearest and what differs
 */
export function profileOf(header: readonly string[], profiles: readonly Profile[]): Profile {
  // a column without a name is known by its place
  const names = header.map((name, at) => normal(name) || `_${at + 1}`);
  const found = profiles.find((profile) => {
    const own = namesOf(profile);
    return (
      names.length === profile.header.length &&
      new Set(names).size === own.size &&
      names.every((name) => own.has(name))
    );
  });
  if (found !== undefined) return found;
  const word = separator(header, profiles);
  if (word !== undefined) throw separatedBy(word);
  throw new Unfit(twice(names, profiles) ?? difference(header, profiles));
}

/**
 * Why a file of a profile can't lie where it does: in the folder of another. Null when it can.
 *
 * @param path the file's key below the trigger's prefix
 */
export function misplaced(path: string, profile: Profile, profiles: readonly Profile[]): string | null {
  const folders = profiles.flatMap(({ folder }) =>
    folder !== null && path.startsWith(folder) ? [folder] : [],
  );
  const found = folders.toSorted((a, b) => b.length - a.length)[0];
  if (profile.folder === null || found === undefined || found === profile.folder) return null;
  return `its header is that of ${profile.name}, and it lies under ${found}; move it to ${profile.folder}`;
}

const namesOf = (profile: Profile): ReadonlySet<string> => new Set(profile.header.map(normal));

/** Every profile's names as it writes them, by their normal form. */
function knownNames(profiles: readonly Profile[]): ReadonlyMap<string, string> {
  const all = profiles.toReversed().flatMap(({ header }) => header);
  return new Map(all.map((name) => [normal(name), name]));
}

/** What else than commas the columns are separated by, in a word. */
function separator(header: readonly string[], profiles: readonly Profile[]): string | undefined {
  const known = knownNames(profiles);
  const familiar = (names: readonly string[]): number =>
    new Set(names.map(normal).filter((name) => known.has(name))).size;
  for (const [sign, word] of separators) {
    // a name may have a comma in it
    const parts = header.join(",").split(sign);
    if (parts.length > 1 && (header.length === 1 || familiar(parts) > familiar(header))) return word;
  }
  return undefined;
}

function twice(names: readonly string[], profiles: readonly Profile[]): string | undefined {
  const known = knownNames(profiles);
  const times = Map.groupBy(names, (name) => name);
  const found = [...times].flatMap(([name, { length }]) => (name !== "" && length > 1 ? [name] : []));
  if (found.length === 0 || !names.some((name) => known.has(name))) return undefined;
  const familiar = found.flatMap((name) => known.get(name) ?? []);
  const others = found.length - familiar.length;
  const parts = [
    ...(familiar.length > 0 ? [listed(familiar)] : []),
    ...(others > 0 ? [counted(others, "other name")] : []),
  ];
  return `${parts.join(" and ")} more than once in its header`;
}

function difference(header: readonly string[], profiles: readonly Profile[]): string {
  const found = new Map(header.map((name) => [normal(name), strip(name)]));
  const near = nearestProfile(header, found, profiles);
  if (near === undefined) return "the pipeline has no profile";
  const known = knownNames(profiles);
  if (![...found.keys()].some((name) => known.has(name))) {
    return (
      "no name in its first line is known; a file begins with its header, " +
      `such as that of ${near.name}: ${listed(near.header)}`
    );
  }
  const own = namesOf(near);
  const missing = near.header.filter((name) => !found.has(normal(name)));
  const extra = [...found].flatMap(([key, name]) => (key !== "" && !own.has(key) ? [name] : []));
  const nameless = header.filter((name) => normal(name) === "").length;
  const isHeader = 2 * (near.header.length - missing.length) >= near.header.length;
  const parts = [
    ...(missing.length > 0 ? [`missing ${listed(missing)}`] : []),
    ...extraNames(extra, isHeader),
    ...(nameless > 0 ? [`${counted(nameless, "column")} without a name`] : []),
    ...slips(missing, extra),
  ];
  return `no profile has its header; the nearest is ${near.name}: ${parts.join("; ")}`;
}

/** The one with the most names in common; of several the first, or the first that has as many columns. */
function nearestProfile(
  header: readonly string[],
  found: ReadonlyMap<string, string>,
  profiles: readonly Profile[],
): Profile | undefined {
  const scored = profiles.map((profile) => {
    const own = namesOf(profile);
    const common = [...found.keys()].filter((name) => own.has(name)).length;
    const score = common / (found.size + own.size - common);
    return { profile, score, sameLength: Number(profile.header.length === header.length) };
  });
  // the sort is stable
  return scored.sort((a, b) => b.score - a.score || b.sameLength - a.sameLength)[0]?.profile;
}

/** Names are told of what is a header for certain; what only has a word of one may be a row of data. */
function extraNames(names: readonly string[], isHeader: boolean): string[] {
  if (names.length === 0) return [];
  if (!isHeader) return [counted(names.length, "extra column")];
  return [`extra ${listed(names.map((name) => [...name].slice(0, 60).join("")))}`];
}

/** A missing name that was probably just spelt otherwise. */
function slips(missing: readonly string[], extra: readonly string[]): string[] {
  return missing.slice(0, shown).flatMap((name) => {
    const signs = signsOf(name);
    // what else has digits or signs in it is more likely a value
    const spelt = extra.slice(0, 100).filter((each) => [...signsOf(each)].every((sign) => signs.has(sign)));
    const found = nearest(name, spelt, 0.7);
    return found === undefined ? [] : [`is "${found}" meant to be "${name}"?`];
  });
}

const signsOf = (name: string): Set<string> => new Set(name.replace(/[\p{L}\p{Nl}\p{No} _-]/gu, ""));

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

function listed(names: readonly string[]): string {
  const list = names
    .slice(0, shown)
    .map((name) => `"${name}"`)
    .join(", ");
  return names.length > shown ? `${list} and ${names.length - shown} more` : list;
}
