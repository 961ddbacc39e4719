/** Where the files of a run go when it has taken them in, or can't. */

/** `archive`: taken in; `rejected`: no run can read it, and a reason file lies beside it. */
export type Zone = "archive" | "rejected";

/** A pipeline's part of a zone: `raw/shop/` → `archive/shop/`. */
export const putAwayPrefix = (zone: Zone, prefix: string): string => prefix.replace(/^raw\//, `${zone}/`);
