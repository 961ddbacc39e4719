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
      return readCleaned(access.dataset, place);
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
      return readSeries(access.dataset, place);
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

/** Rows are looked for, by key and time, in the table or its index; figures are got by key and period. */
function readSeries(dataset: string, place: PipelinePlace): Grant[] {
  const { rows, figures } = seriesArns(dataset, place);
  return [
    {
      name: "QueryRows",
      actions: ["dynamodb:Query"],
      resources: [rows, `${rows}/index/${anomalyIndex.name}`],
    },
    { name: "GetFigures", actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources: [figures] },
    decrypt("dynamodb", place),
  ];
}

/** The cleaned rows: as files, and as the table that Athena finds them by. */
function readCleaned(dataset: string, place: PipelinePlace): Grant[] {
  const { cleaned } = tableNames({ name: dataset });
  return [...readEntry(cleaned, place), ...readFolder(cleanedPrefix(dataset), place)];
}

/** The tables of a series. */
export function seriesArns(dataset: string, { environment, pipeline }: PipelinePlace) {
  const own = pipelineNames(environment, pipeline.name);
  return {
    rows: keyValueTableArn(environment, own.series(dataset)),
    figures: keyValueTableArn(environment, own.figures(dataset)),
  };
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
