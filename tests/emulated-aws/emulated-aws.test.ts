/** What the emulated AWS does that moto alone does not. */

import {
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { CreateDatabaseCommand, CreateTableCommand, GetTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "@jest/globals";
import { zipSync } from "fflate";
import { startEmulatedAws } from "../support/emulated-aws.ts";

const aws = await startEmulatedAws();
const s3 = new S3Client(aws.client);
const glue = new GlueClient(aws.client);
const events = new EventBridgeClient(aws.client);
const stepFunctions = new SFNClient(aws.client);
const sqs = new SQSClient(aws.client);
const lambda = new LambdaClient(aws.client);
const iam = new IAMClient(aws.client);
const tagging = new ResourceGroupsTaggingAPIClient(aws.client);
afterAll(() => aws.close());

const anybody = "arn:aws:iam::123456789012:role/anybody";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A role that a service may take, to do one thing with anything. */
async function role(RoleName: string, Service: string, Action: string): Promise<string> {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }),
  );
  const PolicyDocument = document({ Effect: "Allow", Action, Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
  return Role?.Arn ?? "";
}

async function bucket(name: string): Promise<string> {
  const LocationConstraint = "eu-central-1" as const;
  await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint } }));
  return name;
}

test("an Iceberg table is created with its first metadata file", async () => {
  const Bucket = await bucket("tables");
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  const table = (Name: string, more: object = {}) =>
    glue.send(
      new CreateTableCommand({
        DatabaseName: "lake",
        OpenTableFormatInput: { IcebergInput: { MetadataOperation: "CREATE", Version: "2" } },
        TableInput: {
          Name,
          StorageDescriptor: {
            Location: `s3://${Bucket}/${Name}/`,
            Columns: [
              { Name: "id", Type: "string", Comment: "who" },
              { Name: "kwh", Type: "decimal(10,3)" },
              { Name: "reasons", Type: "array<struct<code:string,seen:bigint>>" },
            ],
          },
          ...more,
        },
      }),
    );
  await table("sessions");
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: "lake", Name: "sessions" }));
  const location = Table?.Parameters?.["metadata_location"] ?? "";
  expect(Table?.Parameters?.["table_type"]).toBe("ICEBERG");
  expect(location).toMatch(/^s3:\/\/tables\/sessions\/metadata\/00000-[\w-]+\.metadata\.json$/);
  const file = await s3.send(new GetObjectCommand({ Bucket, Key: location.replace("s3://tables/", "") }));
  const text = (await file.Body?.transformToString()) ?? "";
  expect(JSON.parse(text)).toMatchObject({
    "format-version": 2,
    location: "s3://tables/sessions",
    "last-column-id": 6,
    "current-snapshot-id": -1,
    schemas: [
      {
        fields: [
          { id: 1, name: "id", required: false, type: "string", doc: "who" },
          { id: 2, name: "kwh", required: false, type: "decimal(10, 3)" },
          {
            id: 3,
            type: {
              type: "list",
              "element-id": 4,
              element: {
                type: "struct",
                fields: [
                  { id: 5, name: "code" },
                  { id: 6, type: "long" },
                ],
              },
            },
          },
        ],
      },
    ],
  });
  await expect(table("other", { Parameters: { table_type: "ICEBERG" } })).rejects.toThrow(
    "reserved parameters",
  );
  await expect(table("other", { PartitionKeys: [{ Name: "day", Type: "date" }] })).rejects.toThrow(
    "Cannot create partitions in an iceberg table",
  );
});

test("a put reaches the state machine, as a rule's target says", async () => {
  const Bucket = await bucket("raw");
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    }),
  );
  const definition = JSON.stringify({ StartAt: "Go", States: { Go: { Type: "Pass", End: true } } });
  const { stateMachineArn } = await stepFunctions.send(
    new CreateStateMachineCommand({ name: "load", definition, roleArn: anybody }),
  );
  const dead = "arn:aws:sqs:eu-central-1:123456789012:dead-letters";
  const Policy = document({
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: dead,
  });
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: "dead-letters", Attributes: { Policy } }));
  const RoleArn = await role("starter", "events.amazonaws.com", "states:StartExecution");
  const DeadLetterConfig = { Arn: dead };
  await events.send(
    new PutRuleCommand({
      Name: "a-file",
      EventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [Bucket] }, object: { key: [{ prefix: "in/" }] } },
      }),
    }),
  );
  const targets = (...Targets: Target[]) => events.send(new PutTargetsCommand({ Rule: "a-file", Targets }));
  const Arn = stateMachineArn ?? "";
  await expect(targets({ Id: "no-role", Arn })).rejects.toThrow("RoleArn is required");
  await targets(
    { Id: "plain", Arn, RoleArn },
    {
      Id: "powerless",
      Arn,
      RoleArn: await role("powerless", "events.amazonaws.com", "sqs:SendMessage"),
      DeadLetterConfig,
    },
    {
      Id: "formed",
      Arn,
      RoleArn,
      InputTransformer: {
        InputPathsMap: {
          key: "$.detail.object.key",
          version: "$.detail.object.version-id",
          size: "$.detail.object.size",
        },
        InputTemplate: '{"key": <key>, "version": <version>, "size": <size>, "told": "<key> came"}',
      },
    },
    { Id: "gone", Arn: `${Arn}-gone`, RoleArn, DeadLetterConfig },
  );
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'in/a "1".csv', Body: "a,b\n" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "elsewhere/b.csv", Body: "b\n" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/a "1".csv' }));

  const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn: Arn }));
  expect(executions.map(({ status }) => status)).toEqual(["RUNNING", "RUNNING"]);
  const inputs = await Promise.all(
    executions.map(async ({ executionArn }) => {
      const { input = "" } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      return JSON.parse(input);
    }),
  );
  const event = {
    source: "aws.s3",
    "detail-type": "Object Created",
    account: "123456789012",
    region: "eu-central-1",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    resources: ["arn:aws:s3:::raw"],
    detail: {
      bucket: { name: "raw" },
      object: {
        key: 'in/a "1".csv',
        size: 4,
        etag: put.ETag?.replaceAll('"', ""),
        "version-id": put.VersionId,
        sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
      },
      reason: "PutObject",
    },
  };
  const formed = { key: 'in/a "1".csv', version: put.VersionId, size: 4, told: 'in/a "1".csv came' };
  expect(inputs).toEqual(expect.arrayContaining([expect.objectContaining({ source: "aws.s3" }), formed]));
  expect(inputs.find(({ source }) => source !== undefined)).toMatchObject(event);

  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ["All"],
    }),
  );
  for (const { Body = "" } of Messages) expect(JSON.parse(Body)).toMatchObject(event);
  const codes = Messages.map(({ MessageAttributes }) => MessageAttributes?.["ERROR_CODE"]?.StringValue);
  expect(codes.sort()).toEqual(["NO_PERMISSIONS", "StateMachineDoesNotExist"]);
});

test("what is left is found by its tag, until it is gone", async () => {
  const project = "tagged";
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "tagged" }, Tags: { project } }));
  await sqs.send(new CreateQueueCommand({ QueueName: "tagged", tags: { project } }));
  await events.send(
    new PutRuleCommand({
      Name: "tagged",
      ScheduleExpression: "rate(1 day)",
      Tags: [{ Key: "project", Value: project }],
    }),
  );
  const definition = JSON.stringify({ StartAt: "Go", States: { Go: { Type: "Succeed" } } });
  const { stateMachineArn } = await stepFunctions.send(
    new CreateStateMachineCommand({
      name: "tagged",
      definition,
      roleArn: anybody,
      tags: [{ key: "project", value: project }],
    }),
  );
  const left = async () => {
    const TagFilters = [{ Key: "project", Values: [project] }];
    const { ResourceTagMappingList = [] } = await tagging.send(new GetResourcesCommand({ TagFilters }));
    return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN?.split(":").slice(2).join(":")).sort();
  };
  expect(await left()).toEqual([
    "events:eu-central-1:123456789012:rule/tagged",
    "glue:eu-central-1:123456789012:database/tagged",
    "sqs:eu-central-1:123456789012:tagged",
    "states:eu-central-1:123456789012:stateMachine:tagged",
  ]);
  await stepFunctions.send(new DeleteStateMachineCommand({ stateMachineArn }));
  expect(await left()).toHaveLength(3);
});

test("of those who want Terraform's lock at once, one gets it", async () => {
  const Bucket = await bucket("state");
  const lock = () =>
    s3.send(new PutObjectCommand({ Bucket, Key: "a.tfstate.tflock", Body: "{}", IfNoneMatch: "*" }));
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, lock));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = outcomes.find(({ status }) => status === "rejected");
  expect(refused).toMatchObject({
    reason: { name: "PreconditionFailed", $metadata: { httpStatusCode: 412 } },
  });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a.tfstate.tflock" }));
  await lock();
});

test("a function's zip is run, and its error told as Lambda tells it", async () => {
  const source = `export const handler = async (event, context) => {
    if (event.fail) throw new TypeError("as asked");
    return { event, name: context.functionName, table: process.env.TABLE, endpoint: process.env.AWS_ENDPOINT_URL };
  };`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "echo",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: await role("function", "lambda.amazonaws.com", "logs:*"),
      Code: { ZipFile: zipSync({ "index.mjs": new TextEncoder().encode(source) }) },
      Environment: { Variables: { TABLE: "ledger" } },
    }),
  );
  const invoke = async (event: object) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: "echo", Payload: JSON.stringify(event) }),
    );
    return { FunctionError, answer: JSON.parse(Payload?.transformToString() ?? "") };
  };
  expect(await invoke({ a: 1 })).toEqual({
    FunctionError: undefined,
    answer: { event: { a: 1 }, name: "echo", table: "ledger", endpoint: aws.endpoint },
  });
  expect(await invoke({ fail: true })).toMatchObject({
    FunctionError: "Unhandled",
    answer: { errorType: "TypeError", errorMessage: "as asked" },
  });
});
