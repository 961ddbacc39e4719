import { expect, test } from "@jest/globals";
import { type Grant, policyOf } from "./grant.ts";

const read: Grant = { name: "Read", actions: ["s3:GetObject"], resources: [] };
const write: Grant = { name: "Write", actions: ["s3:PutObject"], resources: [] };

test("resources with the same actions share a statement, and none gets those of another", () => {
  const { Statement } = policyOf([
    { ...read, resources: ["a", "c"] },
    { ...write, resources: ["b"] },
    { ...read, resources: ["b", "d"] },
  ]);
  expect(Statement).toEqual([
    { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["a", "c", "d"] },
    { Sid: "ReadAndWrite", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: ["b"] },
  ]);
});

test("of one grant the values of a condition come together, and only on the same resource", () => {
  const list = (bucket: string, prefix: string): Grant => ({
    name: "List",
    actions: ["s3:ListBucket"],
    resources: [bucket],
    condition: { StringLike: { "s3:prefix": [prefix] } },
  });
  const { Statement } = policyOf([list("x", "b/*"), list("x", "a/*"), list("y", "c/*")]);
  expect(Statement.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition])).toEqual([
    ["List", ["x"], { StringLike: { "s3:prefix": ["a/*", "b/*"] } }],
    ["List2", ["y"], { StringLike: { "s3:prefix": ["c/*"] } }],
  ]);
});

test("what has a condition stays apart from what has none or another", () => {
  const via = (service: string) => ({ StringEquals: { "kms:ViaService": [service] } });
  const { Statement } = policyOf([
    { ...read, resources: ["a"] },
    { ...read, resources: ["a"], condition: via("s3") },
    { ...write, resources: ["a"], condition: via("sns") },
  ]);
  expect(Statement.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
    ["Read", undefined],
    ["Read2", via("s3")],
    ["Write", via("sns")],
  ]);
});

test("the order of the grants does not matter", () => {
  const grants: Grant[] = [
    { ...read, resources: ["b", "a"] },
    { ...write, resources: ["c"] },
    { ...read, resources: ["c"] },
  ];
  expect(policyOf(grants.toReversed())).toEqual(policyOf(grants));
});
