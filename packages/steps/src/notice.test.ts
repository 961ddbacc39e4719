import { expect, test } from "@jest/globals";
import { command, counted, shortList, subjectLine } from "./notice.ts";

test("a subject is what SNS takes: 100 printable ASCII characters at most", () => {
  const facts = { pipeline: "demo", environment: "prod" };
  expect(subjectLine(facts, "1 row in")).toBe("[prod] demo: 1 row in");
  expect(subjectLine(facts, "Größe\nneu")).toBe("[prod] demo: Gr e neu");
  expect(subjectLine(facts, "x".repeat(200))).toMatch(/^\[prod\] demo: x+\.\.\.$/);
  expect(subjectLine(facts, "x".repeat(200))).toHaveLength(100);
});

test("a command is as one types it in the environment", () => {
  expect(command({ environment: "local" }, "runs demo")).toBe("pnpm penstock runs demo");
  expect(command({ environment: "prod" }, "runs")).toBe("pnpm penstock runs --env prod");
});

test("counts and lists are short", () => {
  expect([counted(1, "file"), counted(0, "file"), counted(32_562, "row")]).toEqual([
    "1 file",
    "0 files",
    "32,562 rows",
  ]);
  expect(shortList(["1", "2", "3", "4", "5"])).toHaveLength(5);
  expect(shortList(["1", "2", "3", "4", "5", "6", "7"]).at(-1)).toBe("… and 2 more");
});
