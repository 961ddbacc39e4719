import { expect, test } from "@jest/globals";
import { exampleEnvironment, keyArn, policy } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { StateMachine, type StateMachineProps } from "./state-machine.ts";

const definition = { StartAt: "Go", States: { Go: { Type: "Pass", Comment: "${x} and %{y}", End: true } } };

const machine = (props: Partial<StateMachineProps> = {}) =>
  made((scope) => {
    new StateMachine(scope, "workflow", {
      name: "parking",
      environment: exampleEnvironment(),
      keyArn,
      definition,
      policy,
      ...props,
    });
  });

test("its definition is versioned, and taken as it is, whatever it holds", () => {
  const made = machine().one("aws_sfn_state_machine");
  expect(made).toMatchObject({ name: "parking", publish: true });
  const taken = String(made["definition"]).replaceAll("$${", "${").replaceAll("%%{", "%{");
  expect(JSON.parse(taken)).toEqual(definition);
  expect(made["definition"]).toContain("$${x} and %%{y}");
});

test("it is traced, and all it does logged but for the data, which may be personal", () => {
  expect(machine().one("aws_sfn_state_machine")).toMatchObject({
    tracing_configuration: { enabled: true },
    logging_configuration: { level: "ALL", include_execution_data: false },
  });
});

test("its log is encrypted and kept as long as is asked for", () => {
  expect(machine().one("aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/vendedlogs/states/parking",
    kms_key_id: keyArn,
    retention_in_days: 30,
  });
  expect(machine({ logRetentionDays: 365 }).one("aws_cloudwatch_log_group")).toMatchObject({
    retention_in_days: 365,
  });
});

test("it has a role of its own, and waits for what that may do", () => {
  const made = machine();
  expect(made.one("aws_iam_role")).toMatchObject({ name: "parking-states" });
  expect(json(made.one("aws_iam_role"), "assume_role_policy").Statement).toMatchObject([
    { Principal: { Service: "states.amazonaws.com" } },
  ]);
  expect(made.one("aws_sfn_state_machine")["depends_on"]).toEqual([
    expect.stringMatching(/^aws_iam_role_policy_attachment\./),
  ]);
});
