import { expect, test } from "@jest/globals";
import { fill, fillText, UnfilledName } from "./fill.ts";

test("fills names wherever a text is, and leaves keys, numbers and paths alone", () => {
  const asl = { "${A}": "${A}", deep: [{ at: "x/${A}/${B}", "id.$": "$.id" }, 1, null, true] };
  expect(fill(asl, { A: "one", B: "two", unused: "" })).toEqual({
    "${A}": "one",
    deep: [{ at: "x/one/two", "id.$": "$.id" }, 1, null, true],
  });
});

test("a name that nobody gave is named, with the nearest", () => {
  expect(() => fill({ a: "${JobNme}" }, { JobName: "j", Other: "o" })).toThrow(
    new UnfilledName("nothing fills ${JobNme}; did you mean ${JobName}?"),
  );
  expect(() => fill("${constructor}", { a: "b" })).toThrow(/nothing fills \$\{constructor\}; there is a/);
});

test("a value is not filled again", () => {
  expect(fillText("${a} ${t.rows}", { a: "${b}", "t.rows": "3" })).toBe("${b} 3");
});
