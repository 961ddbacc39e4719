import { local, sharedNames } from "@penstock/lake/names.ts";
import type { Home } from "@penstock/local/home.ts";

/** Where Athena SQL finds its tables. */
export function currentDatabase(home: Home): { lakeRoot: string; database: string } {
  return { lakeRoot: home.lake, database: sharedNames(local).database };
}
