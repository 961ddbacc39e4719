/** What starts a function on the emulated AWS: an object, the clock, a request; each only where it is let in. */

import { setTimeout } from "node:timers/promises";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { zipSync } from "fflate";
import { startEmulatedAws } from "../support/emulated-aws.ts";
import { askApi } from "../support/emulated-http-api.ts";
import { isDue } from "../support/emulated-schedule.ts";

jest.setTimeout(60_000);

const aws = await startEmulatedAws();
const logs = new CloudWatchLogsClient(aws.client);
const [lambda, iam, s3] = [new LambdaClient(aws.client), new IAMClient(aws.client), new S3Client(aws.client)];
afterAll(() => aws.close());

const own = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

async function role(RoleName: string, Service: string, Action: string): Promise<string> {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } };
  const made = { RoleName, AssumeRolePolicyDocument: document(trust) };
  const { Role } = await iam.send(new CreateRoleCommand(made));
  const PolicyDocument = document({ Effect: "Allow", Action, Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
  return Role?.Arn ?? "";
}

/** Answers an HTTP request with what it was given, and logs every event. */
async function telling(FunctionName: string): Promise<string> {
  const source = `export const handler = async (event) => {
    console.log(JSON.stringify(event));
    if (event.rawPath === "/fails") throw new Error("as asked");
    return { statusCode: 203, headers: { "x-told": "yes" }, body: JSON.stringify(event), cookies: ["a=1", "b=2"] };
  };`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: own("iam", "role/function").replace("eu-central-1", ""),
      Code: { ZipFile: zipSync({ "index.mjs": new TextEncoder().encode(source) }) },
    }),
  );
  await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
  return own("lambda", `function:${FunctionName}`);
}

const letIn = (FunctionName: string, Principal: string, SourceArn: string) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: "let-in",
      Action: "lambda:InvokeFunction",
      Principal,
      SourceArn,
    }),
  );

/** The first event that a function was started with. */
async function given(name: string) {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }),
    );
    const line = events.find(({ message = "" }) => message.startsWith("{"));
    if (line !== undefined) return JSON.parse(line.message ?? "");
  }
  throw new Error(`${name} was not started`);
}

/** The line of the server's that fits; its pipe may be behind the answer. */
async function told(pattern: RegExp): Promise<string> {
  for (const end = Date.now() + 20_000; Date.now() < end; await setTimeout(20)) {
    const line = aws.said.find((line) => pattern.test(line));
    if (line !== undefined) return line;
  }
  throw new Error(`nothing like ${pattern} was said, but: ${aws.said.join("\n")}`);
}

/** A call of a service that this package has no client of. */
async function call(service: string, method: string, path: string, body: object) {
  const scope = `Credential=test/20261128/eu-central-1/${service}/aws4_request`;
  const answer = await fetch(`${aws.endpoint}${path}`, {
    method,
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

beforeAll(() => role("function", "lambda.amazonaws.com", "logs:*"));

test("an object of both a prefix and an ending starts the function that lets the rule in", async () => {
  const events = new EventBridgeClient(aws.client);
  const Arn = await telling("by-object");
  const LocationConstraint = "eu-central-1" as const;
  await s3.send(
    new CreateBucketCommand({ Bucket: "raw", CreateBucketConfiguration: { LocationConstraint } }),
  );
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: "raw", NotificationConfiguration }));
  const EventPattern = JSON.stringify({
    source: ["aws.s3"],
    detail: { object: { key: [{ wildcard: "raw/a\\*b/*.json" }] } },
  });
  const { RuleArn = "" } = await events.send(new PutRuleCommand({ Name: "a-file", EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: "a-file", Targets: [{ Id: "start", Arn }] }));
  const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: "raw", Key, Body: "[]" }));

  await put("raw/a*b/too-early.json");
  await told(/An event was dropped: .*"NO_PERMISSIONS"/);
  await letIn("by-object", "events.amazonaws.com", RuleArn);
  for (const key of ["raw/axb/1.json", "raw/a*b/1.csv", "raw/a*b/2026/11/1.json"]) await put(key);
  expect(await given("by-object")).toMatchObject({ detail: { object: { key: "raw/a*b/2026/11/1.json" } } });
});

test("a schedule that is due starts its function, told when that was, as a role that may", async () => {
  const target = async (RoleArn: string) => ({
    Arn: own("lambda", "function:by-clock"),
    RoleArn,
    Input: '{"time":"<aws.scheduler.scheduled-time>"}',
  });
  await telling("by-clock");
  const schedule = (name: string, Target: object) =>
    call("scheduler", "POST", `/schedules/${name}`, {
      FlexibleTimeWindow: { Mode: "OFF" },
      ScheduleExpression: "cron(0/5 * * * ? *)",
      Target,
    });
  const may = await role("clock", "scheduler.amazonaws.com", "lambda:InvokeFunction");
  await schedule("powerless", await target(await role("idle", "scheduler.amazonaws.com", "sqs:SendMessage")));
  await schedule("due", await target(may));
  const due = (name: string) => isDue(aws, { group: "default", name }, "2026-11-28T21:05:00Z");
  await expect(due("powerless")).rejects.toThrow("may not lambda:InvokeFunction");
  await due("due");
  expect(await given("by-clock")).toEqual({ time: "2026-11-28T21:05:00Z" });
});

test("an HTTP API answers by its function, as payload 2.0, once it is let in", async () => {
  const arn = await telling("by-request");
  const api = await call("apigateway", "POST", "/v2/apis", { name: "meters", protocolType: "HTTP" });
  const below = (part: string, body: object) =>
    call("apigateway", "POST", `/v2/apis/${api.apiId}/${part}`, body);
  const { integrationId } = await below("integrations", {
    integrationType: "AWS_PROXY",
    integrationUri: arn,
    payloadFormatVersion: "2.0",
  });
  await below("routes", { routeKey: "$default", target: `integrations/${integrationId}` });
  const ask = (path: string) => askApi(aws, api.apiEndpoint, path);
  expect(await ask("/")).toMatchObject({ status: 404 });
  await below("stages", { stageName: "$default", autoDeploy: true });
  expect(await ask("/")).toMatchObject({ status: 500, text: '{"message": "Internal Server Error"}' });
  await letIn("by-request", "apigateway.amazonaws.com", own("execute-api", `${api.apiId}/*/$default`));

  const answer = await ask("/records/a%2Fb%20c?start=2026-11-28&x=1&x=2");
  expect(answer).toMatchObject({
    status: 203,
    headers: { "x-told": "yes", "set-cookie": ["a=1", "b=2"] },
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    // decoded, as HTTP APIs do
    rawPath: "/records/a/b c",
    rawQueryString: "start=2026-11-28&x=1&x=2",
    queryStringParameters: { start: "2026-11-28", x: "1,2" },
    requestContext: { stage: "$default", http: { method: "GET" } },
    isBase64Encoded: false,
  });
  expect(await ask("/fails")).toMatchObject({ status: 500 });
});

test("a stage is changed in place", async () => {
  const api = await call("apigateway", "POST", "/v2/apis", { name: "stages", protocolType: "HTTP" });
  const stages = `/v2/apis/${api.apiId}/stages`;
  const throttled = { defaultRouteSettings: { throttlingBurstLimit: 5 } };
  await call("apigateway", "POST", stages, { stageName: "$default", autoDeploy: true, tags: { a: "1" } });
  expect(await call("apigateway", "PATCH", `${stages}/%24default`, throttled)).toMatchObject({
    ...throttled,
    autoDeploy: true,
    tags: { a: "1" },
  });
});
