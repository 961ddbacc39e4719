/** That no query that a pipeline's own roles run reads another's table unsaid, as one does that was copied and forgotten. */

import { tableNames } from "@penstock/contracts/tables.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { accesses } from "@penstock/workflows/workflow.ts";

/** A query that reads what is another's, and what its pipeline does not declare. */
export interface StrangersTable {
  readonly pipeline: string;
  /** `queries/checks/counts_agree.sql` */
  readonly query: string;
  readonly table: string;
  readonly owner: string;
}

/**
 * The first such query, by its text alone: names after FROM and JOIN that are another's tables, unless the query gives
 * the name to something of its own. Named queries are for analysts, who may read every curated table.
 */
export function strangersTable(pipelines: readonly Pipeline[]): StrangersTable | undefined {
  const owners = new Map(
    pipelines.flatMap(({ name, datasets }) =>
      datasets.flatMap((each) => Object.values(tableNames(each)).map((table) => [table, name] as const)),
    ),
  );
  for (const pipeline of pipelines) {
    const declared = new Set(
      accesses(pipeline.workflow).reads.flatMap((access) =>
        access.kind === "table" ? [access.dataset] : [],
      ),
    );
    for (const [query, sql] of ownQueries(pipeline)) {
      for (const table of tablesIn(sql)) {
        const owner = owners.get(table);
        if (owner === undefined || owner === pipeline.name || declared.has(table)) continue;
        return { pipeline: pipeline.name, query, table, owner };
      }
    }
  }
  return undefined;
}

const ownQueries = ({ queries: { metrics, checks } }: Pipeline): readonly (readonly [string, string])[] =>
  Object.entries({ metrics, checks }).flatMap(([kind, of]) =>
    Object.entries(of).map(([name, sql]) => [`queries/${kind}/${name}.sql`, sql] as const),
  );

function tablesIn(sql: string): readonly string[] {
  const text = sql.replaceAll(/--.*$/gm, "").replaceAll(/'[^']*'/g, "''");
  const own = new Set([...text.matchAll(/"?(\w+)"?\s+AS\s*\(/gi)].map(([, name]) => name));
  const read = [...text.matchAll(/\b(?:FROM|JOIN)\s+(?:"?[\w$]+"?\.)*"?(\w+)"?/gi)].map(
    ([, name = ""]) => name,
  );
  return read.filter((name) => !own.has(name));
}
