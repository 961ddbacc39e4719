/** Entries of Glue's catalogue; whoever may see a table's entry must see those of its database and the catalogue. */

import { catalogArn, catalogTableArn, databaseArn } from "@penstock/lake/arns.ts";
import { sharedNames } from "@penstock/lake/names.ts";
import type { Grant } from "./grant.ts";
import type { Place } from "./place.ts";

/** What a query of the table asks the catalogue. */
export const readEntry = (table: string, place: Place): Grant[] => [
  readDatabase(sharedNames(place.environment).database, place),
  {
    name: "ReadCatalogue",
    actions: ["glue:GetTable", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition"],
    resources: entries(table, place),
  },
];

export const readDatabase = (database: string, { environment }: Place): Grant => ({
  name: "ReadDatabases",
  actions: ["glue:GetDatabase"],
  resources: [catalogArn(environment), databaseArn(environment, database)],
});

/** Iceberg creates a table there, and commits by replacing its entry. */
export const writeEntry = (table: string, place: Place): Grant => ({
  name: "WriteCatalogue",
  actions: ["glue:CreateTable", "glue:UpdateTable"],
  resources: entries(table, place),
});

function entries(table: string, { environment }: Place): string[] {
  const { database } = sharedNames(environment);
  return [
    catalogArn(environment),
    databaseArn(environment, database),
    catalogTableArn(environment, database, table),
  ];
}
