// Generated from packages/pipelines/charging-sessions/contract.ts; do not edit.

import { expect, it } from "@jest/globals";
import type { Row } from "@penstock/contracts/dataset.ts";
import type { ChargingSession } from "@penstock/types/charging_sessions.ts";
import type { Site } from "@penstock/types/sites.ts";
import { expectTypeOf } from "expect-type";
import { chargingSession, site } from "../contract.ts";

it("ChargingSession is a row of chargingSession", () => {
  expectTypeOf<ChargingSession>().toEqualTypeOf<Row<typeof chargingSession>>();
  expect(chargingSession.row).toBe("ChargingSession");
});

it("Site is a row of site", () => {
  expectTypeOf<Site>().toEqualTypeOf<Row<typeof site>>();
  expect(site.row).toBe("Site");
});
