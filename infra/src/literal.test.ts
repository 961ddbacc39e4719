import { expect, test } from "@jest/globals";
import { literal } from "./literal.ts";

test("what Terraform would read as a template is escaped, all else left", () => {
  expect(literal("run=${run}/ and %{if} of 5 % for $9")).toBe("run=$${run}/ and %%{if} of 5 % for $9");
});
