/** All that an environment shows to people who may not read its secrets. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient, paginateGetJobs } from "@aws-sdk/client-glue";
import { LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { DescribeStateMachineCommand, paginateListStateMachines, SFNClient } from "@aws-sdk/client-sfn";
import { stackNames } from "@penstock/infra/stack-names.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import type { DeployedEnvironment } from "./deployed-environment.ts";
import { jobOutput } from "./deployed-job.ts";

/** The values of all secrets, by name. */
export async function secretValues(): Promise<ReadonlyMap<string, string>> {
  const client = new SecretsManagerClient();
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  const values = new Map<string, string>();
  for (const { Name = "" } of SecretList) {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: Name }));
    values.set(Name, SecretString);
  }
  return values;
}

/** Whatever is told of an environment, by where. */
export async function toldEverywhere(at: DeployedEnvironment): Promise<Readonly<Record<string, string>>> {
  const state = openObjects(`s3://${bucketNames(at.config).state}/`);
  const states = await Promise.all(stackNames.map((name) => state.read(`${name}.tfstate`)));
  return {
    state: states.map((bytes) => new TextDecoder().decode(bytes)).join("\n"),
    functions: await listed(paginateListFunctions({ client: new LambdaClient() }, {})),
    jobs: await listed(paginateGetJobs({ client: new GlueClient() }, {})),
    "state machines": await definitions(),
    logs: await logEvents(),
    "jobs' output": globSync(`job-*/${jobOutput}`, { cwd: at.penstock.files })
      .map((path) => readFileSync(join(at.penstock.files, path), "utf8"))
      .join("\n"),
  };
}

async function listed(pages: AsyncIterable<object>): Promise<string> {
  let text = "";
  for await (const page of pages) text += JSON.stringify(page);
  return text;
}

async function definitions(): Promise<string> {
  const client = new SFNClient();
  let text = "";
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn } of stateMachines) {
      const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
      text += `${definition}\n`;
    }
  }
  return text;
}

async function logEvents(): Promise<string> {
  const client = new CloudWatchLogsClient();
  let text = "";
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName } of logGroups) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
        text += events.map(({ message }) => `${message}\n`).join("");
      }
    }
  }
  return text;
}
