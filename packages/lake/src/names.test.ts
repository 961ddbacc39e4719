import { expect, test } from "@jest/globals";
import { definitionNames, executionArn, functionArn, local, pipelineNames, sharedNames } from "./names.ts";

test("the laptop's names", () => {
  const own = pipelineNames(local, "charging-sessions");
  expect(sharedNames(local)).toEqual({
    ledger: "penstock-local-ledger",
    workGroup: "penstock-local",
    database: "penstock",
    pseudonymSecret: "penstock-local-pseudonym-key",
    catalog: "glue_catalog",
    keyAlias: "alias/penstock-local",
    alarms: "penstock-local-alarms",
  });
  expect(own.deadLetters).toBe("penstock-local-charging-sessions-dead-letters");
  expect(own.lookup("site_id")).toBe("penstock-local-charging-sessions-site-id");
  expect(own.function("plan-run")).toBe("penstock-local-charging-sessions-plan-run");
  expect(functionArn(local, own.function("plan-run"))).toBe(
    "arn:aws:lambda:eu-west-1:000000000000:function:penstock-local-charging-sessions-plan-run",
  );
  expect(executionArn(local, own.stateMachine, "x")).toBe(
    "arn:aws:states:eu-west-1:000000000000:execution:penstock-local-charging-sessions:x",
  );
});

test("another environment has a database and names of its own", () => {
  const tokyo = { name: "prod-tokyo", account: "123456789012", region: "ap-northeast-1" };
  expect(sharedNames(tokyo).database).toBe("penstock_prod_tokyo");
  expect(definitionNames(tokyo, "shop", "s3://lake/")).toEqual({
    JobName: "penstock-prod-tokyo-shop",
    TopicArn: "arn:aws:sns:ap-northeast-1:123456789012:penstock-prod-tokyo-shop",
    WorkGroup: "penstock-prod-tokyo",
    Database: "penstock_prod_tokyo",
    LakeUrl: "s3://lake/",
    PseudonymSecret: "penstock-prod-tokyo-pseudonym-key",
    Catalog: "glue_catalog",
  });
});
