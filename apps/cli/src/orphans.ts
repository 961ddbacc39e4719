import type { Run } from "@penstock/lake/ledger-entries.ts";

/** Rows in quarantine that only wait for the rows they refer to, by dataset; a dataset without any is left out. */
export interface Orphans {
  readonly waiting: Readonly<Record<string, number>>;
  /** Those of them that have waited longer than the contract allows. */
  readonly overdue: Readonly<Record<string, number>>;
}

/** The orphans as the newest run left them that came as far as to count them; the newest is the first. */
export function orphansOf(runs: readonly Pick<Run, "datasets">[]): Orphans {
  const counted = runs.find(({ datasets }) => Object.keys(datasets).length > 0)?.datasets ?? {};
  const some = (count: "waiting" | "overdue") =>
    Object.fromEntries(
      Object.entries(counted).flatMap(([dataset, { [count]: rows = 0 }]) =>
        rows === 0 ? [] : [[dataset, rows]],
      ),
    );
  return { waiting: some("waiting"), overdue: some("overdue") };
}

/** The orphans in a few words a dataset: `order_items 3, 1 of them for too long`. */
export function orphanLines({ waiting, overdue }: Orphans): string[] {
  return Object.entries(waiting).map(([dataset, rows]) => {
    const late = overdue[dataset];
    const all = `${dataset} ${rows.toLocaleString("en-GB")}`;
    return late === undefined ? all : `${all}, ${late.toLocaleString("en-GB")} of them for too long`;
  });
}
