import { expect, test } from "@jest/globals";
import { localTime } from "./local-time.ts";

test.each([
  ["2026-01-15T11:30:00Z", "Europe/Berlin", 12.5, false],
  ["2026-07-15T11:30:00Z", "Europe/Berlin", 13.5, false],
  // Friday evening of Greenwich is Saturday in Queensland
  ["2026-11-27T14:15:00Z", "Australia/Brisbane", 0.25, true],
  // and Monday morning still Sunday in California
  ["2026-11-30T07:45:00Z", "America/Los_Angeles", 23.75, true],
])("%s in %s", (at, zone, hour, weekend) => {
  expect(localTime(Date.parse(at), zone)).toEqual({ hour, weekend });
});
