import { expect, test } from "@jest/globals";
import { type Access, executions, pseudonymKey, table, topic } from "@penstock/workflows/access.ts";
import { readGrants } from "./read-grants.ts";
import { everyKind } from "./testing/every-kind.ts";
import { environment, keyArn } from "./testing/example.ts";
import { Ungrantable } from "./ungrantable.ts";
import { writeGrants } from "./write-grants.ts";

const place = { environment, keyArn, pipeline: everyKind };

test("what has no meaning is refused by name", () => {
  expect(() => readGrants(topic, place)).toThrow(Ungrantable);
  expect(() => readGrants(topic, place)).toThrow('a state of every-kind declares that it reads "topic"');
});

test.each<[string, Access]>([
  ["a secret", pseudonymKey],
  ["an execution", executions],
  ["a table of another pipeline", table("strange")],
])("nobody writes %s", (_, access) => {
  expect(() => writeGrants(access, place)).toThrow(Ungrantable);
});
