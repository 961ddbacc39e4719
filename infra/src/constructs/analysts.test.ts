import { expect, test } from "@jest/globals";
import { account, exampleEnvironment, keyArn, policy } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { Analysts, type AnalystsProps } from "./analysts.ts";

const analysts = (props: Partial<AnalystsProps> = {}) =>
  made((scope) => {
    new Analysts(scope, "analysts", {
      environment: exampleEnvironment(),
      workGroup: "penstock-dev",
      database: "penstock_dev",
      resultsBucket: "results",
      keyArn,
      policy,
      queries: {
        parking: { busiest: { sql: "SELECT '${x}', '%{y}'", description: "Where ${it} is full." } },
      },
      ...props,
    });
  });

test("nobody's own settings count: results are encrypted, in their bucket, and a query that scans too much stops", () => {
  expect(analysts().one("aws_athena_workgroup")).toMatchObject({
    name: "penstock-dev",
    force_destroy: false,
    configuration: {
      enforce_workgroup_configuration: true,
      publish_cloudwatch_metrics_enabled: true,
      bytes_scanned_cutoff_per_query: 10_000_000_000,
      result_configuration: {
        output_location: "s3://results/",
        encryption_configuration: { encryption_option: "SSE_KMS", kms_key_arn: keyArn },
      },
    },
  });
});

test("the limit is the configuration's, and only allowDestroy lets the history go", () => {
  const workgroup = analysts({ scannedGb: 0.5, allowDestroy: true }).one("aws_athena_workgroup");
  expect(workgroup).toMatchObject({
    force_destroy: true,
    configuration: { bytes_scanned_cutoff_per_query: 500_000_000 },
  });
});

test("named queries go to the workgroup as they are written, whatever they hold", () => {
  expect(analysts().one("aws_athena_named_query")).toMatchObject({
    name: "busiest",
    database: "penstock_dev",
    description: "parking: Where $${it} is full.",
    query: "SELECT '$${x}', '%%{y}'",
  });
});

test("the role is for those whom the account's policies let, or for those who are listed alone", () => {
  const trusted = (principals: string[]) =>
    json(analysts({ principals }).one("aws_iam_role"), "assume_role_policy").Statement;
  const allowed = { Effect: "Allow", Action: "sts:AssumeRole" };
  expect(trusted([])).toEqual([{ ...allowed, Principal: { AWS: `arn:aws:iam::${account}:root` } }]);
  const person = `arn:aws:iam::${account}:user/ann`;
  expect(trusted([person])).toEqual([{ ...allowed, Principal: { AWS: [person] } }]);
});

test("it may do what its policy says", () => {
  expect(json(analysts().one("aws_iam_role_policy"), "policy")).toEqual(policy);
});
