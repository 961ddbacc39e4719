/**
 * The role of analysts: Athena over the curated tables of an environment, and its results. They see neither the
 * files that came nor what was set aside of them, which may hold personal data as it came.
 */

import type { Column } from "@penstock/contracts/column.ts";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { workGroupArn } from "@penstock/lake/arns.ts";
import type { Environment } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { readResults, startQueries } from "./athena.ts";
import { type Grant, policyOf } from "./grant.ts";
import type { Place } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { readTable } from "./read-grants.ts";
import { athenaLists } from "./without-resource.ts";

/** The policy of those who query what the pipelines publish. */
export function analystsPolicy(
  pipelines: readonly Pick<Pipeline, "datasets">[],
  environment: Environment,
  { keyArn }: { readonly keyArn: string },
): PolicyDocument {
  const place = { environment, keyArn };
  const open = pipelines.flatMap(({ datasets }) => datasets).filter(isOpen);
  return policyOf([
    ...open.flatMap((dataset) => readTable(tableNames(dataset).curated, place)),
    ...startQueries(place),
    ...readResults(place),
    useWorkGroup(place),
    athenaLists,
  ]);
}

/**
 * Whether analysts may see a dataset's table. S3 can't keep a column from whoever reads the file, so a table with
 * personal data in clear is kept from them as a whole.
 */
export function isOpen({ columns }: Pick<Dataset, "columns">): boolean {
  return !Object.values(columns).some(isInClear);
}

/** Whether the table holds personal data as it came: a contract can't ask for that yet, and who adds it must say. */
function isInClear({ pii }: Column): boolean {
  switch (pii) {
    case undefined:
    case "pseudonymise":
      return false;
    default:
      pii satisfies never;
      return true;
  }
}

/** The named queries, and what has been asked before. */
const useWorkGroup = ({ environment }: Place): Grant => ({
  name: "UseWorkGroup",
  actions: [
    "athena:GetWorkGroup",
    "athena:ListNamedQueries",
    "athena:GetNamedQuery",
    "athena:BatchGetNamedQuery",
    "athena:ListQueryExecutions",
    "athena:BatchGetQueryExecution",
    "athena:GetQueryRuntimeStatistics",
    "athena:GetQueryResultsStream",
  ],
  resources: [workGroupArn(environment)],
});
