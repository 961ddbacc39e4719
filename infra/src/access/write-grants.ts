/** What a state that declares a write may do. Reading is another right: whoever needs both declares both. */

import { tableNames } from "@penstock/contracts/tables.ts";
import { jobArn, keyValueTableArn } from "@penstock/lake/arns.ts";
import { pipelineNames, sharedNames, topicArn } from "@penstock/lake/names.ts";
import { cleanedPrefix, runsPrefix, tablePrefix } from "@penstock/lake/zones.ts";
import type { Access } from "@penstock/workflows/access.ts";
import { startQueries } from "./athena.ts";
import { writeEntry } from "./catalogue.ts";
import { decrypt, encrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import { writeFolder } from "./lake-folder.ts";
import { writeLedger } from "./ledger.ts";
import type { PipelinePlace } from "./place.ts";
import { seriesArns } from "./read-grants.ts";
import { Ungrantable } from "./ungrantable.ts";

/** @throws Ungrantable when there is no such thing as writing it, or the table is not the pipeline's own */
export function writeGrants(access: Access, place: PipelinePlace): readonly Grant[] {
  const { environment, pipeline } = place;
  const own = pipelineNames(environment, pipeline.name);
  switch (access.kind) {
    case "objects":
      return writeFolder(access.prefix, place);
    case "table":
      return writeTable(access, place);
    case "cleaned":
      return writeFolder(cleanedPrefix(access.dataset), place);
    case "quarantine":
      return writeIceberg(tableNames({ name: access.dataset }).quarantine, place);
    case "runs":
      return writeFolder(runsPrefix(pipeline.name), place);
    case "ledger":
      return writeLedger(place);
    case "lookup":
      return [
        {
          name: "WriteLookups",
          actions: ["dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
          resources: [keyValueTableArn(environment, own.lookup(access.key))],
        },
        decrypt("dynamodb", place),
      ];
    case "series":
      return writeSeries(access.dataset, place);
    case "topic":
      return [
        { name: "Notify", actions: ["sns:Publish"], resources: [topicArn(environment, own.topic)] },
        ...encrypt("sns", place),
      ];
    case "queries":
      return startQueries(place);
    case "jobRuns":
      return [
        { name: "StopJobRuns", actions: ["glue:BatchStopJobRun"], resources: [jobArn(environment, own.job)] },
      ];
    case "secret":
    case "executions":
      throw new Ungrantable(place.pipeline.name, "writes", access);
  }
}

/** Rows come by the batch where there are many; figures, and the lease of a key beside them, one by one. */
function writeSeries(dataset: string, place: PipelinePlace): Grant[] {
  const { rows, figures } = seriesArns(dataset, place);
  const one = ["dynamodb:PutItem", "dynamodb:DeleteItem"];
  return [
    { name: "WriteRows", actions: [...one, "dynamodb:BatchWriteItem"], resources: [rows] },
    { name: "WriteFigures", actions: one, resources: [figures] },
    decrypt("dynamodb", place),
  ];
}

function writeTable(access: Extract<Access, { kind: "table" }>, place: PipelinePlace): Grant[] {
  const dataset = place.pipeline.datasets.find(({ name }) => name === access.dataset);
  if (dataset === undefined) throw new Ungrantable(place.pipeline.name, "writes", access);
  const { curated } = tableNames(dataset);
  switch (dataset.format) {
    case "iceberg":
      return writeIceberg(curated, place);
    // a commit is a file among its data; the catalogue only says where that is
    case "delta":
      return writeFolder(tablePrefix(sharedNames(place.environment).database, curated), place);
  }
}

function writeIceberg(table: string, place: PipelinePlace): Grant[] {
  const { database } = sharedNames(place.environment);
  return [writeEntry(table, place), ...writeFolder(tablePrefix(database, table), place)];
}
