import { expect, test } from "@jest/globals";
import { isDiskFull } from "./disk-full.ts";

test("a disk with room is not full, and one that isn't there neither", () => {
  expect(isDiskFull(import.meta.dirname)).toBe(false);
  expect(isDiskFull("/nowhere")).toBe(false);
});
