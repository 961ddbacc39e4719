/**
 * An environment's whole life on the emulated AWS, as a user leads it: deployed, planned clean, used, destroyed.
 *
 * The tests follow each other: each goes on where the one before it ended.
 */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stackNames } from "@penstock/infra/stack-names.ts";
import { bucketNames, pipelineNames } from "@penstock/lake/names.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { type EmulatedAws, startEmulatedAws } from "../support/emulated-aws.ts";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";
import { whyNoTerraform } from "../support/terraform.ts";

jest.setTimeout(400_000);

const why = whyNoTerraform();
if (why !== undefined) console.warn(`the deployed infrastructure is not tested: ${why}`);

const region = "eu-central-1";
const environment = { name: "deployed", account: "123456789012", region };
const { lake, state } = bucketNames(environment);

(why === undefined ? describe : describe.skip)("an environment, deployed", () => {
  let aws: EmulatedAws;
  let penstock: Penstock;
  let stepFunctions: SFNClient;

  beforeAll(async () => {
    aws = await startEmulatedAws({ region });
    penstock = openPenstock({ ...aws.environment, PENSTOCK_ENVIRONMENTS: "environments.mjs" });
    const config = {
      ...{ account: environment.account, region, endpoint: aws.endpoint, allowDestroy: true },
      ...{ emails: ["data@example.com"], monthlyBudgetUsd: 20 },
      analysts: [`arn:aws:iam::${environment.account}:role/people`],
      functions: { reservedConcurrency: 2 },
    };
    const file = join(penstock.files, "environments.mjs");
    writeFileSync(file, `export default ${JSON.stringify({ [environment.name]: config })};\n`);
    // where Terraform remembers the endpoint of an earlier run, which is gone
    for (const stack of stackNames) {
      const folder = join(toolchain.repository, "infra/cdktf.out/stacks", `${environment.name}-${stack}`);
      rmSync(folder, { recursive: true, force: true });
    }
    stepFunctions = new SFNClient(aws.client);
  });
  afterAll(async () => {
    await penstock.end();
    await aws.close();
  });

  /** A command that has to succeed; what it printed, otherwise. */
  async function done(...words: string[]): Promise<Answer> {
    const answer = await penstock.run(...words, "--env", environment.name);
    if (answer.exitCode !== 0)
      throw new Error(`${words.join(" ")}: ${answer.exitCode}\n${answer.stderr}\n${answer.stdout}`);
    return answer;
  }

  /** What an execution was started with, of each of a pipeline's. */
  async function inputs(pipeline: string): Promise<readonly { arn: string; input: unknown }[]> {
    const { stateMachines = [] } = await stepFunctions.send(new ListStateMachinesCommand({}));
    const name = pipelineNames(environment, pipeline).stateMachine;
    const machine = stateMachines.find((each) => each.name === name);
    const { executions = [] } = await stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: machine?.stateMachineArn }),
    );
    return await Promise.all(
      executions.map(async ({ executionArn = "" }) => {
        const { input = "" } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
        return { arn: executionArn, input: JSON.parse(input) };
      }),
    );
  }

  test("deploy makes everything, and tells where files go", async () => {
    const { json } = await done("deploy", "--json");
    expect(json.buckets).toMatchObject({ lake, state });
    expect(Object.keys(json.pipelines).sort()).toEqual(pipelines.map(({ name }) => name).sort());
    // tables are made as their contracts are
    expect(json.migrations).toEqual({});
  });

  test("a plan is empty then, and no table differs from its contract", async () => {
    const { json } = await done("drift", "--json");
    const none = { add: 0, change: 0, remove: 0 };
    expect(json.stacks).toMatchObject({ bootstrap: none, storage: none, pipelines: none });
  });

  test.each(pipelines.map(({ name, trigger: { prefix } }) => ({ name, prefix })))(
    "$name: a file that is dropped starts a run, and its plan-run claims it",
    async ({ name, prefix }) => {
      const Key = `${prefix}dropped.csv`;
      await new S3Client(aws.client).send(
        new PutObjectCommand({ Bucket: lake, Key, Body: "no,such,profile\n1,2,3\n" }),
      );
      const started = await inputs(name);
      expect(started).toHaveLength(1);
      const [{ arn: execution, input: event }] = started as [{ arn: string; input: unknown }];
      expect(event).toMatchObject({
        "detail-type": "Object Created",
        detail: { bucket: { name: lake }, object: { key: Key } },
      });
      const { FunctionError, Payload } = await new LambdaClient(aws.client).send(
        new InvokeCommand({
          FunctionName: pipelineNames(environment, name).function("plan-run"),
          Payload: JSON.stringify({ action: "claim", execution, event }),
        }),
      );
      const claim = JSON.parse(Payload?.transformToString() ?? "");
      expect({ FunctionError, claim }).toMatchObject({
        FunctionError: undefined,
        claim: { outcome: "claimed", manifest: expect.stringContaining(`s3://${lake}/runs/${name}/`) },
      });
      const runs = await done("runs", name, "--json");
      expect(JSON.stringify(runs.json)).toContain(claim.run_id);
    },
  );

  test("the emulation refused nothing, and no event was lost", () => {
    expect(aws.said).toEqual([]);
  });

  test("destroy leaves nothing that carries the environment's tags", async () => {
    const { json } = await done("destroy", "--confirm", environment.name, "--json");
    expect(json).toMatchObject({ left: [], state_bucket: state });
    expect(json.keys_pending_deletion).toHaveLength(1);
    await done("destroy", "--verify");
  });
});
