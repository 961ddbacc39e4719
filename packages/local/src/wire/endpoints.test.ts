import { expect, test } from "@jest/globals";
import type { Services } from "../services.ts";
import { endpointsOf } from "./endpoints.ts";

test("an execution of a pipeline that is gone names the state machine that it was of", async () => {
  const execution = {
    arn: "arn:aws:states:eu-west-1:000000000000:execution:penstock-local-gone:x",
    machine: "penstock-local-gone",
    name: "x",
    status: "SUCCEEDED",
    input: "{}",
    startedAt: 0,
  };
  const stepFunctions = { machines: () => [], execution: () => execution };
  const { json } = endpointsOf({ stepFunctions } as unknown as Services, {}, () => "");
  const describe = json.find(({ target }) => target === "AWSStepFunctions")?.operations.DescribeExecution;
  expect(await describe?.({ executionArn: execution.arn })).toMatchObject({
    stateMachineArn: "arn:aws:states:eu-west-1:000000000000:stateMachine:penstock-local-gone",
  });
});
