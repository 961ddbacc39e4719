// Generated from packages/pipelines/energy/contract.ts; do not edit.

import { expect, it } from "@jest/globals";
import type { Row } from "@penstock/contracts/dataset.ts";
import type { EnergyAnomaly } from "@penstock/types/energy_anomalies.ts";
import type { EnergyReading } from "@penstock/types/energy_readings.ts";
import { expectTypeOf } from "expect-type";
import { energyAnomaly, energyReading } from "../contract.ts";

it("EnergyReading is a row of energyReading", () => {
  expectTypeOf<EnergyReading>().toEqualTypeOf<Row<typeof energyReading>>();
  expect(energyReading.row).toBe("EnergyReading");
});

it("EnergyAnomaly is a row of energyAnomaly", () => {
  expectTypeOf<EnergyAnomaly>().toEqualTypeOf<Row<typeof energyAnomaly>>();
  expect(energyAnomaly.row).toBe("EnergyAnomaly");
});
