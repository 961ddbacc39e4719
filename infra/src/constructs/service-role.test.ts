import { expect, test } from "@jest/globals";
import { account, exampleEnvironment, policy } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { ServiceRole, type ServiceRoleProps } from "./service-role.ts";

const role = (props: Partial<ServiceRoleProps> = {}) =>
  made((scope) => {
    new ServiceRole(scope, "role", {
      name: "states",
      description: "What runs",
      service: "states.amazonaws.com",
      environment: exampleEnvironment(),
      policy,
      ...props,
    });
  });

const trust = (service: string) =>
  json(role({ service }).one("aws_iam_role"), "assume_role_policy").Statement;

test("the service takes it for this account alone, where it says for whom", () => {
  const allowed = { Effect: "Allow", Action: "sts:AssumeRole" };
  expect(trust("states.amazonaws.com")).toEqual([
    {
      ...allowed,
      Principal: { Service: "states.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);
  for (const service of ["glue.amazonaws.com", "lambda.amazonaws.com"]) {
    expect(trust(service)).toEqual([{ ...allowed, Principal: { Service: service } }]);
  }
});

test("it may do what its policy says, and nothing else is attached", () => {
  expect(json(role().one("aws_iam_policy"), "policy")).toEqual(policy);
  expect(role().all("aws_iam_role_policy_attachment")).toHaveLength(1);
  expect(role().types).toEqual(["aws_iam_policy", "aws_iam_role", "aws_iam_role_policy_attachment"]);
});

test("a long policy is several, all attached", () => {
  const long = Array.from({ length: 200 }, (_, at) => `arn:aws:s3:::bucket-with-a-long-name/${at}/*`);
  const [statement] = policy.Statement;
  const made = role({ policy: { ...policy, Statement: [{ ...statement, Resource: long }] } });
  const policies = made.all("aws_iam_policy");
  expect(policies.length).toBeGreaterThan(1);
  expect(policies.map(({ name }) => name)).toEqual(policies.map((_, at) => `states-${at + 1}`));
  expect(made.all("aws_iam_role_policy_attachment")).toHaveLength(policies.length);
});
