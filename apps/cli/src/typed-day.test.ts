import { expect, test } from "@jest/globals";
import { WrongUsage } from "./failure.ts";
import { typedDay } from "./typed-day.ts";

test("a day is its midnight, UTC", () => {
  expect(typedDay("--from", "2028-02-29").toISOString()).toBe("2028-02-29T00:00:00.000Z");
});

test.each(["2026-02-29", "2026-13-01", "2026-1-1", "2026-11-30T06:00:00Z", "yesterday", ""])(
  "%p is no day",
  (text) => {
    const typed = () => typedDay("--from", text);
    expect(typed).toThrow(WrongUsage);
    expect(typed).toThrow(`--from ${text}: expected a day such as 2026-11-30`);
  },
);
