import { isWildcardOnlyAction } from "@cloud-copilot/iam-simulate";
import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { analystsPolicy } from "./analysts-policy.ts";
import { everyKind } from "./testing/every-kind.ts";
import { environment, keyArn } from "./testing/example.ts";
import { rolesOf } from "./testing/role.ts";
import { withoutResource } from "./without-resource.ts";

const policies = [
  ...[...pipelines, everyKind].flatMap(rolesOf).map(({ policy }) => policy),
  analystsPolicy(pipelines, environment, { keyArn }),
];
const everywhere = policies.flatMap(({ Statement }) =>
  Statement.filter(({ Resource }) => Resource.includes("*")),
);

test("what is granted everywhere is listed with its reason, and what is listed is granted", () => {
  const granted = new Set(everywhere.flatMap(({ Action }) => Action));
  expect([...granted].sort()).toEqual(Object.keys(withoutResource).sort());
  expect(Object.values(withoutResource).filter((reason) => reason.length < 10)).toEqual([]);
});

test("AWS knows no resource for it, or a condition binds it", async () => {
  for (const { Action, Condition } of everywhere) {
    if (Condition !== undefined) continue;
    for (const action of Action) {
      const [service = "", name = ""] = action.split(":");
      expect([action, await isWildcardOnlyAction(service, name)]).toEqual([action, true]);
    }
  }
});

test("an action that has a resource would be noticed", async () => {
  expect(await isWildcardOnlyAction("s3", "GetObject")).toBe(false);
});
