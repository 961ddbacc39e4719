/** An environment of Penstock on AWS as moto plays it, with what commands look at and no more. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Ledger, openLedger } from "@penstock/lake/ledger.ts";
import { bucketNames, type Environment, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import type { Objects } from "@penstock/lake/objects.ts";
import { s3Objects } from "@penstock/lake/s3-objects.ts";
import { ledgerTable, lookupTable } from "@penstock/lake/tables.ts";
import { startMoto } from "@penstock/lake/testing/moto.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

/** A column of a query's result as Athena describes it. */
export interface Column {
  readonly Name: string;
  readonly Type: string;
  readonly Precision?: number;
  readonly Scale?: number;
}

export interface MotoEnvironment {
  readonly environment: Environment;
  /** What a command needs in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly dynamo: DynamoDBClient;
  readonly stepFunctions: SFNClient;
  readonly lake: Objects;
  ledger(pipeline: string): Ledger;
  /** Says what the next query answers. */
  answer(columns: readonly Column[], rows: readonly (readonly (string | null)[])[]): Promise<void>;
  close(): void;
}

/** moto's own. */
const account = "123456789012";
const region = "eu-west-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * Starts it with an environment `demo` of one pipeline. The file of environments knows `bare` too, where nothing is
 * deployed, `abroad`, which is of another account, and `off`, which does not answer.
 *
 * @param machine the definition of the pipeline's state machine, which is run
 */
export async function startMotoEnvironment(
  pipeline: { readonly name: string; readonly lookups: readonly { readonly key: string }[] },
  machine: object,
): Promise<MotoEnvironment> {
  const { endpoint, client: s3, bucket, close } = await startMoto(toolchain.python);
  const environment: Environment = { name: "demo", account, region };
  const config = { endpoint, region, credentials };
  const [dynamo, stepFunctions] = [new DynamoDBClient(config), new SFNClient(config)];
  const [athena, glue] = [new AthenaClient(config), new GlueClient(config)];
  const sqs = new SQSClient(config);
  const post = async (path: string, body: unknown): Promise<void> => {
    const { status } = await fetch(`${endpoint}/moto-api/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    if (status >= 300) throw new Error(`moto: ${path} answered ${status}`);
  };

  const shared = sharedNames(environment);
  const own = pipelineNames(environment, pipeline.name);
  const role = `arn:aws:iam::${account}:role/test`;
  await post("config", { stepfunctions: { execute_state_machine: true } });
  const lake = await bucket(bucketNames(environment).lake, { versioned: true });
  await dynamo.send(new CreateTableCommand(ledgerTable(shared.ledger)));
  for (const { key } of pipeline.lookups)
    await dynamo.send(new CreateTableCommand(lookupTable(own.lookup(key), key)));
  await sqs.send(new CreateQueueCommand({ QueueName: own.deadLetters }));
  await athena.send(new CreateWorkGroupCommand({ Name: shared.workGroup }));
  await glue.send(
    new CreateJobCommand({
      Name: own.job,
      Role: role,
      Command: { Name: "glueetl", ScriptLocation: "s3://x/y" },
    }),
  );
  await stepFunctions.send(
    new CreateStateMachineCommand({
      name: own.stateMachine,
      definition: JSON.stringify(machine),
      roleArn: role,
    }),
  );

  const folder = mkdtempSync(join(tmpdir(), "penstock-environments-"));
  const file = join(folder, "environments.mjs");
  const there = { account, region, endpoint, pipelines: [pipeline.name] };
  const environments = {
    demo: there,
    bare: there,
    abroad: { ...there, account: "210987654321" },
    off: { ...there, endpoint: "http://127.0.0.1:9" },
  };
  writeFileSync(file, `export default ${JSON.stringify(environments)};\n`);
  return {
    environment,
    variables: {
      PENSTOCK_ENVIRONMENTS: file,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
    dynamo,
    stepFunctions,
    lake: s3Objects({ client: s3, bucket: lake, prefix: "" }),
    ledger: (name) => openLedger({ client: dynamo, table: shared.ledger, pipeline: name }),
    answer: async (columns, rows) => {
      const header = columns.map((column) => column.Name);
      const Rows = [header, ...rows].map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      }));
      await post("static/athena/query-results", { region, results: [{ rows: Rows, column_info: columns }] });
    },
    close: () => {
      for (const client of [dynamo, stepFunctions, athena, glue, sqs]) client.destroy();
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
