/** What a pipeline's folder is to each service: its machine, functions, job, tables and topic, by name and place. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableNames } from "@penstock/contracts/tables.ts";
import { glueColumns } from "@penstock/contracts/targets/glue-columns.ts";
import {
  definitionNames,
  functionArn,
  functionSettings,
  local,
  pipelineNames,
  sharedNames,
  stateMachineArn,
} from "@penstock/lake/names.ts";
import { figuresTable, ledgerTable, lookupTable, seriesTable } from "@penstock/lake/tables.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

import { fill, functionArnName } from "@penstock/workflows/fill.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import { awsEnvironment, functionsKey } from "./environment.ts";
import type { GlueJob } from "./glue.ts";
import type { Home } from "./home.ts";
import { parseObject } from "./json.ts";
import type { LambdaFunction } from "./lambda/function.ts";

const shared = sharedNames(local);

/** The repository that the pipelines, bundles and job scripts are taken from; another one in tests. */
export const repository = process.env.PENSTOCK_REPOSITORY ?? toolchain.repository;
const appsFolder = join(repository, "apps");

/** The ARN of a pipeline's state machine. */
export const machineArn = (pipeline: string): string =>
  stateMachineArn(local, pipelineNames(local, pipeline).stateMachine);

/** The committed state machine, its names filled in. */
export function machine(home: Home, { name }: Pipeline) {
  const own = pipelineNames(local, name);
  const path = join(repository, "packages", "pipelines", name, "generated", "workflow.asl.json");
  const arns = apps().map((app) => [functionArnName(app), functionArn(local, own.function(app))]);
  return {
    name: own.stateMachine,
    arn: stateMachineArn(local, own.stateMachine),
    definition: () =>
      fill(parseObject(readFileSync(path, "utf8")), {
        ...definitionNames(local, name, home.lakeUrl),
        ...Object.fromEntries(arns),
      }),
  };
}

/** A function for each app that has a bundle of the pipeline. */
export function functions(
  home: Home,
  pipelines: readonly Pipeline[],
  endpoint: string,
): readonly LambdaFunction[] {
  return pipelines.flatMap((pipeline) => {
    const { name } = pipeline;
    const own = pipelineNames(local, name);
    return apps()
      .map((app) => ({ app, folder: join(appsFolder, app, "dist", name) }))
      .filter(({ folder }) => existsSync(join(folder, "index.mjs")))
      .map(({ app, folder }) => {
        const started = startedFunctions(pipeline).find((each) => each.app === app);
        return {
          name: own.function(app),
          folder,
          handler: "index.handler",
          memoryMb: started?.memoryMb ?? 512,
          timeoutSeconds: started?.timeoutSeconds ?? 900,
          environment: {
            ...awsEnvironment(endpoint, functionsKey),
            ...functionSettings(local, name, home.lakeUrl),
          },
          deadLetters: own.deadLetters,
        };
      });
  });
}

/** The functions that answer for HTTP APIs, by pipeline. */
export function apiFunctions(pipelines: readonly Pipeline[]): Readonly<Record<string, string>> {
  const answering = pipelines.flatMap((pipeline) =>
    startedFunctions(pipeline)
      .filter(({ by }) => by.kind === "http")
      .map(({ app }): [string, string] => [pipeline.name, pipelineNames(local, pipeline.name).function(app)]),
  );
  return Object.fromEntries(answering);
}

const apps = (): readonly string[] => readdirSync(appsFolder).sort();

/** The ledger, every lookup table, and the tables of every series. */
export function tables(pipelines: readonly Pipeline[]) {
  const lookups = pipelines.flatMap(({ name, lookups }) =>
    lookups.map(({ key }) => lookupTable(pipelineNames(local, name).lookup(key), key)),
  );
  const series = pipelines.flatMap(({ name, serves }) => {
    if (serves === undefined) return [];
    const own = pipelineNames(local, name);
    const { dataset, key } = serves.series;
    return [seriesTable(own.series(dataset), serves.series), figuresTable(own.figures(dataset), key)];
  });
  return [ledgerTable(shared.ledger), ...lookups, ...series].map((table) => ({ ...table }));
}

/** The curated tables, as their contracts describe them. */
export function catalogueTables(home: Home, { datasets }: Pipeline) {
  return datasets.map((dataset) => {
    const name = tableNames(dataset).curated;
    return {
      name,
      description: dataset.description,
      location: join(home.lake, "warehouse", shared.database, name),
      format: dataset.format,
      columns: glueColumns(dataset),
    };
  });
}

/** The pipeline's generated script as a job. */
export function job({ name }: Pipeline): GlueJob {
  return {
    name: pipelineNames(local, name).job,
    script: join(repository, "glue-scripts", "jobs", `${name.replaceAll("-", "_")}.py`),
    defaultArguments: {},
    timeoutMinutes: 120,
  };
}
