/** An environment on an emulated AWS of a test's own, and what a person, or the state machine, does with it. */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateListExecutions,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { type EnvironmentConfig, environmentNamed } from "@penstock/infra/config.ts";
import { stackNames } from "@penstock/infra/stack-names.ts";
import { pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { type EmulatedAws, startEmulatedAws } from "../support/emulated-aws.ts";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";

export interface DeployedEnvironment {
  readonly aws: EmulatedAws;
  readonly penstock: Penstock;
  readonly config: EnvironmentConfig;
  /** A command with `--env`, whatever comes of it. */
  run(...words: string[]): Promise<Answer>;
  /** A command that has to succeed. @throws Error with what it printed, otherwise */
  done(...words: string[]): Promise<Answer>;
  /** What the executions of a pipeline's state machine were started with. */
  executions(pipeline: string): Promise<readonly Execution[]>;
  /** Waits until no execution of a pipeline's state machine goes on. */
  untilEnded(pipeline: string): Promise<void>;
  /** What a deployed function answers. @throws Error with the function's own */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a function answers; the expectations give it its shape
  invoke(pipeline: string, app: string, payload: object): Promise<any>;
  end(): Promise<void>;
}

export interface Execution {
  readonly arn: string;
  readonly input: unknown;
}

/** Starts the emulated AWS and configures an environment; nothing is deployed yet. AWS's clients find it from then on. */
export async function openEnvironment(name: string): Promise<DeployedEnvironment> {
  const region = "eu-central-1";
  const aws = await startEmulatedAws({ region });
  Object.assign(process.env, aws.environment);
  const penstock = openPenstock({ PENSTOCK_ENVIRONMENTS: "environments.mjs" });
  const account = "123456789012";
  const input = {
    ...{ account, region, endpoint: aws.endpoint, allowDestroy: true },
    ...{ emails: ["data@example.com"], monthlyBudgetUsd: 20 },
    analysts: [`arn:aws:iam::${account}:role/people`],
    functions: { reservedConcurrency: 2 },
  };
  const file = join(penstock.files, "environments.mjs");
  writeFileSync(file, `export default ${JSON.stringify({ [name]: input })};\n`);
  // where Terraform remembers the endpoint of an earlier run, which is gone
  for (const stack of stackNames) {
    const folder = join(toolchain.repository, "infra/cdktf.out/stacks", `${name}-${stack}`);
    rmSync(folder, { recursive: true, force: true });
  }
  const config = environmentNamed(name, { [name]: input }, []);
  const run: DeployedEnvironment["run"] = (...words) => penstock.run(...words, "--env", name);
  return {
    aws,
    penstock,
    config,
    run,
    done: async (...words) => {
      const answer = await run(...words);
      if (answer.exitCode !== 0)
        throw new Error(`${words.join(" ")}: ${answer.exitCode}\n${answer.stderr}\n${answer.stdout}`);
      return answer;
    },
    executions: (pipeline) => executionsOf(config, pipeline),
    untilEnded: async (pipeline) => {
      const stateMachineArn = machineOf(config, pipeline);
      const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" });
      while ((await new SFNClient().send(running)).executions?.length) await setTimeout(500);
    },
    invoke: async (pipeline, app, payload) => {
      const { FunctionError, Payload } = await new LambdaClient().send(
        new InvokeCommand({
          FunctionName: pipelineNames(config, pipeline).function(app),
          Payload: JSON.stringify(payload),
        }),
      );
      const answer = Payload?.transformToString() ?? "";
      if (FunctionError !== undefined) throw new Error(`${app} of ${pipeline}: ${answer}`);
      return JSON.parse(answer);
    },
    end: async () => {
      await penstock.end();
      await aws.close();
    },
  };
}

const machineOf = (config: EnvironmentConfig, pipeline: string): string =>
  stateMachineArn(config, pipelineNames(config, pipeline).stateMachine);

async function executionsOf(config: EnvironmentConfig, pipeline: string): Promise<Execution[]> {
  const client = new SFNClient();
  const stateMachineArn = machineOf(config, pipeline);
  const found: Execution[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { executionArn = "" } of executions) {
      const { input = "" } = await client.send(new DescribeExecutionCommand({ executionArn }));
      found.push({ arn: executionArn, input: JSON.parse(input) });
    }
  }
  return found;
}
