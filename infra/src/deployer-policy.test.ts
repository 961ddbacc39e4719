/** The policy that docs/deploying.md gives the deployer, asked of the evaluator. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Environment } from "@penstock/lake/names.ts";
import { bucketNames, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { PolicyDocument } from "./access/policy-document.ts";
import { account, isAllowed, type Request } from "./access/testing/ask.ts";

const text = readFileSync(join(toolchain.repository, "docs/deployer-policy.json"), "utf8");

/** As the `sed` of docs/deploying.md fills it in. */
const filled = text
  .replaceAll("ACCOUNT", account)
  .replaceAll("REGION", "eu-west-1")
  .replaceAll("ENVIRONMENT", "dev")
  .replaceAll("DATABASE", "penstock_dev");
const policy = JSON.parse(filled) as PolicyDocument;

const tags = (name: string) => ({ project: "penstock", environment: name });

/** One thing of each kind that a deploy makes, by name. */
function requests(name: string): readonly Request[] {
  const environment: Environment = { name, account, region: "eu-west-1" };
  const shared = sharedNames(environment);
  const own = pipelineNames(environment, "market");
  const arn = (service: string, resource: string, region = "eu-west-1") =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  const keyTags = Object.fromEntries(
    Object.entries(tags(name)).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
  const newTags = Object.fromEntries(
    Object.entries(tags(name)).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
  );
  return [
    ...Object.values(bucketNames(environment)).flatMap((bucket) => [
      { action: "s3:CreateBucket", resource: `arn:aws:s3:::${bucket}` },
      { action: "s3:PutObject", resource: `arn:aws:s3:::${bucket}/some/key` },
      { action: "s3:DeleteObjectVersion", resource: `arn:aws:s3:::${bucket}/some/key` },
    ]),
    { action: "athena:CreateWorkGroup", resource: arn("athena", `workgroup/${shared.workGroup}`) },
    { action: "athena:CreateNamedQuery", resource: arn("athena", `workgroup/${shared.workGroup}`) },
    { action: "budgets:ModifyBudget", resource: arn("budgets", `budget/penstock-${name}`, "") },
    { action: "cloudwatch:PutMetricAlarm", resource: arn("cloudwatch", `alarm:${own.stateMachine}-x`) },
    { action: "cloudwatch:PutDashboard", resource: arn("cloudwatch", `dashboard/${own.stateMachine}`, "") },
    { action: "dynamodb:CreateTable", resource: arn("dynamodb", `table/${shared.ledger}`) },
    { action: "events:PutRule", resource: arn("events", `rule/${own.stateMachine}`) },
    { action: "glue:CreateDatabase", resource: arn("glue", `database/${shared.database}`) },
    { action: "glue:CreateTable", resource: arn("glue", `table/${shared.database}/orders`) },
    { action: "glue:CreateJob", resource: arn("glue", `job/${own.job}`) },
    { action: "iam:CreateRole", resource: arn("iam", `role/${own.job}-job`, "") },
    { action: "iam:PutRolePolicy", resource: arn("iam", `role/${own.job}-job`, "") },
    { action: "iam:PassRole", resource: arn("iam", `role/${own.job}-job`, "") },
    { action: "iam:CreatePolicy", resource: arn("iam", `policy/${own.job}-job-1`, "") },
    { action: "iam:AttachRolePolicy", resource: arn("iam", `role/${own.job}-job`, "") },
    { action: "kms:CreateKey", resource: "*", context: newTags },
    { action: "kms:ScheduleKeyDeletion", resource: arn("kms", "key/1"), context: keyTags },
    { action: "kms:CreateAlias", resource: arn("kms", shared.keyAlias) },
    { action: "lambda:CreateFunction", resource: arn("lambda", `function:${own.function("plan-run")}`) },
    {
      action: "logs:CreateLogGroup",
      resource: arn("logs", `log-group:/aws/lambda/${own.function("plan-run")}:*`),
    },
    // a new one has no ARN to be told by
    { action: "quicksight:CreateDataSource", resource: "*", context: newTags },
    ...["PassDataSource", "CreateDataSet", "DeleteDataSource"].map((action) => ({
      action: `quicksight:${action}`,
      resource: arn("quicksight", `datasource/${shared.workGroup}`),
    })),
    ...["PassDataSet", "UpdateDataSetPermissions", "DeleteDataSet"].map((action) => ({
      action: `quicksight:${action}`,
      resource: arn("quicksight", `dataset/${shared.workGroup}-orders`),
    })),
    { action: "quicksight:CreateAnalysis", resource: arn("quicksight", `analysis/${shared.workGroup}`) },
    ...["CreateDashboard", "UpdateDashboardPublishedVersion"].map((action) => ({
      action: `quicksight:${action}`,
      resource: arn("quicksight", `dashboard/${shared.workGroup}`),
    })),
    {
      action: "scheduler:CreateSchedule",
      resource: arn("scheduler", `schedule/${own.stateMachine}/${own.stateMachine}-sweep`),
    },
    {
      action: "secretsmanager:PutSecretValue",
      resource: arn("secretsmanager", `secret:${shared.pseudonymSecret}-abcdef`),
    },
    { action: "sns:CreateTopic", resource: arn("sns", shared.alarms) },
    { action: "sqs:CreateQueue", resource: arn("sqs", own.deadLetters) },
    { action: "states:CreateStateMachine", resource: arn("states", `stateMachine:${own.stateMachine}`) },
    {
      action: "states:StartExecution",
      resource: arn("states", `stateMachine:${own.stateMachine}`),
    },
    {
      action: "states:DescribeExecution",
      resource: arn("states", `execution:${own.stateMachine}:1`),
    },
  ];
}

const answers = async (name: string): Promise<Readonly<Record<string, boolean>>> =>
  Object.fromEntries(
    await Promise.all(
      requests(name).map(
        async (request): Promise<[string, boolean]> => [
          `${request.action} ${request.resource}`,
          await isAllowed(policy, request),
        ],
      ),
    ),
  );

describe("the deployer of dev", () => {
  test("may make and remove what dev is made of", async () => {
    const refused = Object.entries(await answers("dev")).filter(([, allowed]) => !allowed);
    expect(refused).toEqual([]);
  });

  test("may touch no other environment", async () => {
    const allowed = Object.entries(await answers("prod")).filter(([, is]) => is);
    expect(allowed).toEqual([]);
  });

  // the evaluator knows of no resources of API Gateway's, whose actions are HTTP's verbs
  test("changes no API without its tags, but for parts of one, which have none", () => {
    const changing = policy.Statement.filter(
      ({ Action }) => Action[0]?.startsWith("apigateway:") && Action.join() !== "apigateway:GET",
    );
    const bound = changing.filter(({ Condition }) => JSON.stringify(Condition)?.includes('"dev"'));
    const parts = changing.filter((each) => !bound.includes(each)).flatMap(({ Resource }) => Resource);
    expect(bound).toHaveLength(2);
    expect(parts).not.toEqual([]);
    for (const part of parts) {
      expect(part).toMatch(
        /^arn:aws:apigateway:eu-west-1::\/apis\/\*\/(authorizers|cors|integrations|routes)(\/\*)?$/,
      );
    }
  });

  test("may give itself nothing", async () => {
    for (const action of ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"]) {
      const resource = `arn:aws:iam::${account}:role/github-penstock-dev`;
      expect(await isAllowed(policy, { action, resource })).toBe(false);
    }
  });
});

test("the deployer may subscribe nobody to QuickSight, and touch nothing that others drew there", async () => {
  const arn = (what: string) => `arn:aws:quicksight:eu-west-1:${account}:${what}`;
  for (const [action, resource] of [
    ["CreateAccountSubscription", "*"],
    ["CreateDataSource", "*"],
    ["DeleteDashboard", arn("dashboard/sales")],
    ["PassDataSource", arn("datasource/sales")],
  ] as const) {
    expect(await isAllowed(policy, { action: `quicksight:${action}`, resource })).toBe(false);
  }
});

test("the policy is short enough for IAM", () => {
  // a managed policy has at most 6,144 characters, blanks not counted
  expect(filled.replace(/\s/g, "").length).toBeLessThanOrEqual(6_144);
});
