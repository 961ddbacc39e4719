import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { expect, test } from "@jest/globals";
import { Construct } from "constructs";
import { checkNames } from "./check-names.ts";
import { PipelineFault } from "./check-pipelines.ts";
import { made } from "./testing/made.ts";

/** Checks a role for each name, below its pipeline. */
const check = (...roles: readonly { readonly pipeline: string; readonly name: string }[]) =>
  made((scope) => {
    const parts = new Construct(scope, "pipelines");
    for (const { pipeline, name } of roles) {
      new IamRole(new Construct(parts, pipeline), "role", { name, assumeRolePolicy: "{}" });
    }
    // another kind of thing
    new SqsQueue(scope, "queue", { name: "a" });
    checkNames([scope]);
  });

test("what fits, and is called so once, is well", () => {
  check({ pipeline: "one", name: "a" }, { pipeline: "two", name: "x".repeat(64) });
});

test("a name that is too long is told with the pipeline's, and how much is too much", () => {
  const long = { pipeline: "long", name: "x".repeat(66) };
  expect(() => check({ pipeline: "one", name: "a" }, long)).toThrow(PipelineFault);
  expect(() => check({ pipeline: "one", name: "a" }, long)).toThrow(
    /^the pipeline long: the IAM role "x+" has 66 characters, and AWS takes 64: shorten the pipeline's name by 2$/,
  );
});

test("a name that is given twice is told with both pipelines", () => {
  expect(() => check({ pipeline: "one", name: "a" }, { pipeline: "two", name: "a" })).toThrow(
    'the pipeline two: the IAM role "a" is of the pipeline one, too: give one another name',
  );
});
