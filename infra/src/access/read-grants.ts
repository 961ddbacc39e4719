/** What a state that declares a read may do. */

import { tableNames } from "@penstock/contracts/tables.ts";
import { jobArn, keyValueTableArn, secretArn } from "@penstock/lake/arns.ts";
import { executionArn, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { anomalyIndex } from "@penstock/lake/tables.ts";
import { cleanedPrefix, runsPrefix, tablePrefix } from "@penstock/lake/zones.ts";
import type { Access } from "@penstock/workflows/access.ts";
import { readResults } from "./athena.ts";
import { readEntry } from "./catalogue.ts";
import { decrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import { readFolder, readFolderAsObject, readVersions } from "./lake-folder.ts";
import { readLedger } from "./ledger.ts";
import type { PipelinePlace, Place } from "./place.ts";
import { Ungrantable } from "./ungrantable.ts";

/** @throws Ungrantable when there is no such thing as reading it */
export function readGrants(access: Access, place: PipelinePlace): readonly Grant[] {
  const { environment, pipeline } = place;
  const own = pipelineNames(environment, pipeline.name);
  switch (access.kind) {
    case "objects":
      return [...readFolder(access.prefix, place), readVersions(access.prefix, place)];
    case "table":
      return readCurated(access.dataset, place);
    case "cleaned":
      return readFolder(cleanedPrefix(access.dataset), place);
    case "quarantine":
      return readTable(tableNames({ name: access.dataset }).quarantine, place);
    case "runs":
      return readFolder(runsPrefix(pipeline.name), place);
    case "ledger":
      return readLedger(place);
    case "lookup":
      return [
        {
          name: "ReadLookups",
          actions: ["dynamodb:Query", "dynamodb:Scan"],
          resources: [keyValueTableArn(environment, own.lookup(access.key))],
        },
        decrypt("dynamodb", place),
      ];
    case "series":
      return [
        {
          name: "ReadSeries",
          actions: ["dynamodb:Query", "dynamodb:GetItem", "dynamodb:BatchGetItem"],
          resources: seriesArns(access.dataset, place),
        },
        {
          name: "ReadSeriesIndex",
          actions: ["dynamodb:Query"],
          resources: [
            `${keyValueTableArn(environment, own.series(access.dataset))}/index/${anomalyIndex.name}`,
          ],
        },
        decrypt("dynamodb", place),
      ];
    case "secret":
      return readSecret(access.secret, place);
    case "queries":
      return readResults(place);
    case "jobRuns":
      return [
        { name: "ReadJobRuns", actions: ["glue:GetJobRuns"], resources: [jobArn(environment, own.job)] },
      ];
    case "executions":
      return [
        {
          name: "ReadExecutions",
          actions: ["states:DescribeExecution"],
          resources: [executionArn(environment, own.stateMachine, "*")],
        },
      ];
    case "topic":
      throw new Ungrantable(place.pipeline.name, "reads", access);
  }
}

/** The tables of a series: its rows and its figures. */
export function seriesArns(dataset: string, { environment, pipeline }: PipelinePlace): readonly string[] {
  const own = pipelineNames(environment, pipeline.name);
  return [own.series(dataset), own.figures(dataset)].map((name) => keyValueTableArn(environment, name));
}

function readCurated(dataset: string, place: PipelinePlace): Grant[] {
  const { curated } = tableNames({ name: dataset });
  const { database } = sharedNames(place.environment);
  const isDelta = place.pipeline.datasets.some(({ name, format }) => name === dataset && format === "delta");
  return [
    ...readTable(curated, place),
    // Delta makes sure that nothing is there before it makes a table
    ...(isDelta ? readFolderAsObject(tablePrefix(database, curated), place) : []),
  ];
}

/** A table of the catalogue: its entry, its data, its metadata. */
export function readTable(table: string, place: Place): Grant[] {
  const { database } = sharedNames(place.environment);
  return [...readEntry(table, place), ...readFolder(tablePrefix(database, table), place)];
}

function readSecret(secret: Extract<Access, { kind: "secret" }>["secret"], place: Place): Grant[] {
  const { environment } = place;
  const named: Record<typeof secret, string> = { "pseudonym-key": sharedNames(environment).pseudonymSecret };
  return [
    {
      name: "ReadSecrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [secretArn(environment, named[secret])],
    },
    decrypt("secretsmanager", place),
  ];
}
