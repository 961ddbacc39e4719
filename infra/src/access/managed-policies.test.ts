import { expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset } from "@penstock/contracts/dataset.ts";
import { fileRun } from "@penstock/workflows/file-run.ts";
import { managedPolicies, mostCharacters } from "./managed-policies.ts";
import { pipelinePolicies } from "./pipeline-policies.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { account } from "./testing/ask.ts";
import { everyKind } from "./testing/every-kind.ts";
import { keyArn } from "./testing/example.ts";

/** The policy of a job with that many datasets, in an environment with a long name. */
function policyOfJob(count: number): PolicyDocument {
  const datasets = Array.from({ length: count }, (_, at) =>
    dataset(`performance_of_cities_${at}`, {
      description: "Long.",
      columns: { id: string().pii("pseudonymise") },
      primaryKey: ["id"],
      write: { kind: "merge" },
    }),
  );
  const prefix = "raw/performance_of_cities/";
  const workflow = fileRun({ datasets, prefix, lookups: [], validate: true, archive: true });
  const environment = { name: "production-2", account, region: "ap-northeast-1" };
  const pipeline = { ...everyKind, name: "performance-of-cities", datasets, workflow };
  return pipelinePolicies(pipeline, environment, { keyArn }).job;
}

/** Each action on each resource under each condition. */
const granted = (policies: readonly PolicyDocument[]): string[] =>
  policies
    .flatMap(({ Statement }) =>
      Statement.flatMap(({ Action, Resource, Condition }) =>
        Action.flatMap((action) => Resource.map((resource) => JSON.stringify([action, resource, Condition]))),
      ),
    )
    .sort();

test("what fits is one policy, the same", () => {
  const policy = policyOfJob(1);
  expect(managedPolicies(policy)).toEqual([policy]);
});

test.each([5, 20])("the job of %i datasets is granted the same in parts that fit, ten at most", (count) => {
  const policy = policyOfJob(count);
  const parts = managedPolicies(policy);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.length).toBeLessThanOrEqual(10);
  for (const part of parts) {
    expect(JSON.stringify(part).length).toBeLessThanOrEqual(mostCharacters);
    const sids = part.Statement.map(({ Sid }) => Sid);
    expect(sids).toEqual([...new Set(sids)]);
  }
  expect(granted(parts)).toEqual(granted([policy]));
});

test("what can't be made to fit is named", () => {
  const statement = {
    Sid: "Huge",
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: ["x".repeat(7000)],
  } as const;
  expect(() => managedPolicies({ Version: "2012-10-17", Statement: [statement] })).toThrow("statement Huge");
});
