import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

const data = process.env.PENSTOCK_DATA;
const folder = join(data ?? "", "charging-sessions");
const here = data !== undefined && existsSync(folder);
if (!here) console.warn("PENSTOCK_DATA names no folder with charging-sessions: the real files are skipped");

(here ? describe : describe.skip)("real files", () => {
  let penstock: Penstock;
  beforeAll(() => {
    penstock = openPenstock();
  });
  afterAll(() => penstock.end());

  const run = async (name: string) =>
    (await penstock.run("run", "charging-sessions", "--input", join(folder, name), "--json")).json;

  test("the workplace file reads 3,395 and accepts 3,395", async () => {
    const { status, datasets } = await run("workplace_2014-2015.csv.gz");
    expect(status).toBe("SUCCEEDED");
    expect(datasets.charging_sessions).toMatchObject({ read: 3395, accepted: 3395, inserted: 3395 });
  });

  test("Perth & Kinross 2018/19: what is odd in it is set aside, by reason", async () => {
    const { status, datasets, reasons } = await run("perth_kinross_2018-09_2019-08_dmy.csv.gz");
    expect(status).toBe("SUCCEEDED");
    expect(datasets.charging_sessions).toEqual({
      read: 32711,
      accepted: 32562,
      quarantined: 119,
      duplicates: 30,
      inserted: 32562,
      updated: 0,
      unchanged: 0,
      superseded: 0,
    });
    const count = (pattern: RegExp) =>
      Object.entries(reasons.charging_sessions as Record<string, number>)
        .filter(([reason]) => pattern.test(reason))
        .reduce((sum, [, n]) => sum + n, 0);
    expect({
      open: count(/^ended_at: missing/),
      withoutEnergy: count(/^energy_kwh: missing/),
      endsBefore: count(/does not end before it starts/),
      negative: count(/^energy_kwh: below/),
      longer: count(/lasts at most 7 days/),
    }).toEqual({ open: 105, withoutEnergy: 105, endsBefore: 5, negative: 6, longer: 3 });
  });
});
