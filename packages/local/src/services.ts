/**
 * The laptop's services, wired from the pipelines' folders: the one file that knows where everything lies and
 * what it is called.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { tableNames } from "@penstock/contracts/tables.ts";
import { glueColumns } from "@penstock/contracts/targets/glue-columns.ts";
import {
  definitionNames,
  executionArn,
  functionArn,
  local,
  pipelineNames,
  sharedNames,
  stateMachineArn,
  topicArn,
} from "@penstock/lake/names.ts";
import { ledgerTable, lookupTable } from "@penstock/lake/tables.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { javaHome } from "@penstock/toolchain/setup/java.ts";
import { sparkHome } from "@penstock/toolchain/setup/spark-home.ts";
import { fill, functionArnName } from "@penstock/workflows/fill.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { Athena } from "./athena.ts";
import { DynamoDb } from "./dynamodb.ts";
import { Catalogue } from "./glue/catalogue.ts";
import { SparkHost } from "./glue/spark-host.ts";
import { sparkOptions } from "./glue/spark-options.ts";
import { Glue } from "./glue.ts";
import type { Home } from "./home.ts";
import { parseObject } from "./json.ts";
import type { LambdaFunction } from "./lambda/function.ts";
import { Lambda } from "./lambda.ts";
import { SecretsManager } from "./secrets-manager.ts";
import { Sns } from "./sns.ts";
import { integrations } from "./step-functions/integrations.ts";
import { StepFunctions } from "./step-functions.ts";

const shared = sharedNames(local);

/** The repository that the pipelines, bundles and job scripts are taken from; another one in tests. */
export const repository = process.env.PENSTOCK_REPOSITORY ?? toolchain.repository;
const appsFolder = join(repository, "apps");

/** Every service of one home. */
export interface Services {
  readonly dynamoDb: DynamoDb;
  readonly lambda: Lambda;
  readonly spark: SparkHost;
  readonly glue: Glue;
  readonly catalogue: Catalogue;
  readonly athena: Athena;
  readonly sns: Sns;
  readonly secrets: SecretsManager;
  readonly stepFunctions: StepFunctions;
}

/** Opens the services of a home; `endpoint` gives the daemon's URL, once it is known. */
export async function openServices(
  home: Home,
  pipelines: readonly Pipeline[],
  endpoint: () => string,
): Promise<Services> {
  const lambda = await Lambda.start({
    functions: () => functions(home, pipelines, endpoint()),
    arn: (name) => functionArn(local, name),
    logs: join(home.logs, "lambda"),
  });
  const spark = openSpark(home);
  const glue = new Glue({
    spark,
    python: toolchain.python,
    jobs: () =>
      pipelines.map(({ name }) => ({
        name: pipelineNames(local, name).job,
        script: join(repository, "glue-scripts", "jobs", `${name.replaceAll("-", "_")}.py`),
        defaultArguments: {},
        timeoutMinutes: 120,
      })),
    // What `--extra-py-files` brings on AWS lies beside the scripts here.
    environment: () => ({
      ...sparkEnvironment(),
      ...awsEnvironment(endpoint()),
      PYTHONPATH: join(toolchain.repository, "glue-scripts", "runtime"),
    }),
    records: home.jobRuns,
    logs: join(home.logs, "glue"),
  });
  const resultsFolder = join(home.lake, "athena-results");
  const athena = new Athena({
    run: async (sql, context) => (await import("./athena/run.ts")).runAthena(sql, context),
    lakeRoot: home.lake,
    results: resultsFolder,
    resultsUrl: `${pathToFileURL(resultsFolder).href}/`,
    database: shared.database,
    workGroup: shared.workGroup,
  });
  const sns = new Sns({
    topics: () => pipelines.map(({ name }) => topicArn(local, pipelineNames(local, name).topic)),
    arn: (name) => topicArn(local, name),
    inbox: home.inbox,
  });
  return {
    dynamoDb: await DynamoDb.open(home.dynamodb, tables(pipelines)),
    lambda,
    spark,
    glue,
    athena,
    sns,
    catalogue: new Catalogue({
      name: shared.database,
      location: join(home.lake, "warehouse", shared.database),
      tables: pipelines.flatMap((pipeline) => catalogueTables(home, pipeline)),
    }),
    secrets: new SecretsManager({
      names: [shared.pseudonymSecret],
      arn: (name) => `arn:aws:secretsmanager:${local.region}:${local.account}:secret:${name}`,
      folder: home.secrets,
    }),
    stepFunctions: new StepFunctions({
      machines: () => pipelines.map((pipeline) => machine(home, pipeline)),
      executionArn: (name, execution) => executionArn(local, name, execution),
      handlers: integrations({ lambda, glue, athena, sns }),
      records: home.executions,
    }),
  };
}

/** The ARN of a pipeline's state machine. */
export const machineArn = (pipeline: string): string =>
  stateMachineArn(local, pipelineNames(local, pipeline).stateMachine);

function machine(home: Home, { name }: Pipeline) {
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
function functions(home: Home, pipelines: readonly Pipeline[], endpoint: string): readonly LambdaFunction[] {
  return pipelines.flatMap(({ name }) =>
    apps()
      .map((app) => ({ app, folder: join(appsFolder, app, "dist", name) }))
      .filter(({ folder }) => existsSync(join(folder, "index.mjs")))
      .map(({ app, folder }) => ({
        name: pipelineNames(local, name).function(app),
        folder,
        handler: "index.handler",
        memoryMb: 512,
        timeoutSeconds: 900,
        environment: {
          ...awsEnvironment(endpoint),
          ENVIRONMENT: local.name,
          LAKE_URL: home.lakeUrl,
          LEDGER_TABLE: shared.ledger,
          DATABASE: shared.database,
          WORKGROUP: shared.workGroup,
        },
      })),
  );
}

const apps = (): readonly string[] => readdirSync(appsFolder).sort();

function tables(pipelines: readonly Pipeline[]) {
  const lookups = pipelines.flatMap(({ name, lookups }) =>
    lookups.map(({ key }) => lookupTable(pipelineNames(local, name).lookup(key), key)),
  );
  return [ledgerTable(shared.ledger), ...lookups].map((table) => ({ ...table }));
}

function catalogueTables(home: Home, { datasets }: Pipeline) {
  return datasets.map((dataset) => {
    const name = tableNames(dataset).curated;
    return {
      name,
      description: dataset.description,
      location: join(home.lake, "warehouse", shared.database, name),
      columns: glueColumns(dataset),
    };
  });
}

function openSpark(home: Home): SparkHost {
  const site = `penstock-${createHash("sha256").update(home.root).digest("hex").slice(0, 12)}`;
  return new SparkHost({
    python: toolchain.python,
    environment: sparkEnvironment,
    options: () =>
      sparkOptions({
        name: site,
        lake: home.lake,
        scratch: home.scratch,
        jars: toolchain.jars,
        archive: { path: toolchain.classDataArchive, write: process.env.PENSTOCK_CLASS_DATA === "write" },
        cores: availableParallelism(),
        memoryMb: totalmem() / 2 ** 20,
      }),
    scratch: join(home.scratch, "spark"),
    record: join(home.root, "spark.json"),
    log: join(home.logs, "spark.log"),
  });
}

/** Where Python, Java and Spark are; nothing of the user's own environment that could bend them. */
export function sparkEnvironment(): Readonly<Record<string, string>> {
  const { PATH = "", HOME = "" } = process.env;
  return {
    PATH,
    HOME,
    LANG: "C.UTF-8",
    TZ: "UTC",
    JAVA_HOME: javaHome(),
    SPARK_HOME: sparkHome(),
    PYSPARK_PYTHON: toolchain.python,
    PYTHONUNBUFFERED: "1",
  };
}

/** Points every AWS SDK at the daemon. */
export function awsEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: local.region,
    AWS_DEFAULT_REGION: local.region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}
