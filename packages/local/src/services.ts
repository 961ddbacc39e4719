/** The laptop's services, wired together from the pipelines' folders. */
import { createHash } from "node:crypto";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  executionArn,
  functionArn,
  local,
  pipelineNames,
  sharedNames,
  topicArn,
} from "@penstock/lake/names.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { ApiGateway } from "./api-gateway.ts";
import { Athena } from "./athena.ts";
import { CloudWatchLogs } from "./cloudwatch-logs.ts";
import { DynamoDb } from "./dynamodb.ts";
import { awsEnvironment, sparkEnvironment } from "./environment.ts";
import { FaultPoints } from "./fault-points.ts";
import { Catalogue } from "./glue/catalogue.ts";
import { SparkHost } from "./glue/spark-host.ts";
import { sparkOptions } from "./glue/spark-options.ts";
import { Glue } from "./glue.ts";
import type { Home } from "./home.ts";
import { EventQueue } from "./lambda/event-queue.ts";
import { Lambda } from "./lambda.ts";
import { apiFunctions, catalogueTables, functions, job, machine, tables } from "./pipeline-services.ts";
import { SecretsManager } from "./secrets-manager.ts";
import { Sns } from "./sns.ts";
import { Sqs } from "./sqs.ts";
import { integrations } from "./step-functions/integrations.ts";
import { StepFunctions } from "./step-functions.ts";

const shared = sharedNames(local);

/** Every service of one home. */
export interface Services {
  readonly dynamoDb: DynamoDb;
  readonly lambda: Lambda;
  readonly eventQueue: EventQueue;
  readonly apiGateway: ApiGateway;
  readonly spark: SparkHost;
  readonly glue: Glue;
  readonly catalogue: Catalogue;
  readonly athena: Athena;
  readonly logs: CloudWatchLogs;
  readonly sns: Sns;
  readonly sqs: Sqs;
  readonly secrets: SecretsManager;
  readonly stepFunctions: StepFunctions;
}

/** What the services are told by the daemon, and tell it. */
export interface DaemonPort {
  /** The daemon's URL, once it is known. */
  readonly endpoint: () => string;
  /** Somebody has asked something of an HTTP API. */
  readonly onRequest: () => void;
  readonly log: (message: string) => void;
}

/** Opens the services of a home. */
export async function openServices(
  home: Home,
  pipelines: readonly Pipeline[],
  { endpoint, onRequest, log }: DaemonPort,
): Promise<Services> {
  const faultsFolder = process.env.PENSTOCK_FAULTS;
  const faults = new FaultPoints(faultsFolder === undefined ? undefined : join(home.root, faultsFolder));
  const logFolders = { lambda: join(home.logs, "lambda"), glue: join(home.logs, "glue") };
  const lambda = await Lambda.start({
    functions: () => functions(home, pipelines, endpoint()),
    arn: (name) => functionArn(local, name),
    logs: logFolders.lambda,
    faults,
  });
  const sqs = new Sqs({
    queues: pipelines.map(({ name }) => pipelineNames(local, name).deadLetters),
    folder: home.queues,
  });
  const spark = openSpark(home, faults);
  const glue = new Glue({
    spark,
    python: toolchain.python,
    jobs: () => pipelines.map(job),
    // What `--extra-py-files` brings on AWS lies beside the scripts here.
    environment: () => ({
      ...sparkEnvironment(),
      ...awsEnvironment(endpoint()),
      PYTHONPATH: join(toolchain.repository, "glue-scripts", "runtime"),
    }),
    records: home.jobRuns,
    logs: logFolders.glue,
    lake: home.lake,
    faults,
  });
  const resultsFolder = join(home.lake, "athena-results");
  const athena = new Athena({
    // DuckDB takes a while to load: not before the first query.
    run: async (sql, context, signal) => (await import("./athena/run.ts")).runAthena(sql, context, signal),
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
    faults,
  });
  return {
    dynamoDb: await DynamoDb.open(home.dynamodb, tables(pipelines), faults),
    lambda,
    eventQueue: new EventQueue({
      folder: home.functionEvents,
      invoke: (name, event, unattended) => lambda.invoke(name, event, unattended),
      arn: (name) => functionArn(local, name),
      discard: (queue, record) => sqs.send(queue, JSON.stringify(record)),
      // seconds where AWS waits minutes: whoever sits before it waits too
      pausesMs: [1000, 2000],
      onError: log,
      faults,
    }),
    apiGateway: await ApiGateway.start({
      functions: apiFunctions(pipelines),
      invoke: (name, event) => lambda.invoke(name, event),
      account: local.account,
      record: home.apis,
      onRequest,
    }),
    spark,
    glue,
    athena,
    logs: new CloudWatchLogs(logFolders),
    sns,
    sqs,
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
      faults,
    }),
  };
}

function openSpark(home: Home, faults: FaultPoints): SparkHost {
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
    record: home.sparkFile,
    log: join(home.logs, "spark.log"),
    faults,
  });
}
