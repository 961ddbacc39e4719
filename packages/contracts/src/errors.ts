/**
 * The one place where messages about contracts and rows are worded. A message says where (dataset, column,
 * file, row), what was found, what was expected, and the nearest name when a name is unknown.
 */

import { distance } from "fastest-levenshtein";

/** What went wrong, as parts; whatever is known is said, in this order. */
export interface Finding {
  readonly dataset?: string;
  readonly column?: string;
  readonly file?: string;
  /** The line in the file; the header is line 1. */
  readonly row?: number;
  /** What is wrong, in a few words, such as `unknown column in primaryKey`. */
  readonly problem: string;
  /** What was there. Never pass a value of a column that holds personal data. */
  readonly found?: string;
  readonly expected?: string;
  /** The names that `found` might have meant. */
  readonly known?: readonly string[];
}

/** A contract that contradicts itself; thrown where it is defined. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(message(finding));
    this.finding = finding;
  }
}

/** `dataset "sites", column "id": unknown column in primaryKey: found "idd", expected a column of it; did you mean "id"?` */
export function message(finding: Finding): string {
  const where = [
    finding.file === undefined ? [] : `file ${finding.file}`,
    finding.row === undefined ? [] : `row ${finding.row}`,
    finding.dataset === undefined ? [] : `dataset "${finding.dataset}"`,
    finding.column === undefined ? [] : `column "${finding.column}"`,
  ].flat();
  const what = [
    finding.found === undefined ? [] : `found ${JSON.stringify(finding.found)}`,
    finding.expected === undefined ? [] : `expected ${finding.expected}`,
  ].flat();
  const nearest =
    finding.found === undefined || finding.known === undefined
      ? undefined
      : nearestName(finding.found, finding.known);
  return [
    where.length === 0 ? "" : `${where.join(", ")}: `,
    finding.problem,
    what.length === 0 ? "" : `: ${what.join(", ")}`,
    nearest === undefined ? knownNames(finding) : `; did you mean "${nearest}"?`,
  ].join("");
}

/** The known name that is a slip of the pen away, if there is one: about a third of its letters may differ. */
export function nearestName(found: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, away: distance(found.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, away }) => away <= Math.ceil(Math.max(name.length, found.length) / 3))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1));
  return best?.name;
}

/** Nothing is near: a short list is said whole. */
function knownNames(finding: Finding): string {
  if (finding.known === undefined || finding.known.length === 0) return "";
  const shown = finding.known.slice(0, 12);
  const more = finding.known.length - shown.length;
  return `; there is ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
