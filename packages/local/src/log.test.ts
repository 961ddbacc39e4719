import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { LogFile } from "./log.ts";

/** A device of Linux that is always full. */
const full = "/dev/full";

(existsSync(full) ? test : test.skip)("a line for which the disk has no room breaks nobody's work", () => {
  expect(() => new LogFile(full).write({ time: "2026-11-20T20:15:12Z", message: "hello" })).not.toThrow();
});

test("a line that can't be written for another reason does", () => {
  const log = new LogFile(import.meta.dirname);
  expect(() => log.write({ time: "2026-11-20T20:15:12Z", message: "hello" })).toThrow("EISDIR");
});
