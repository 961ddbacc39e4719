import { describe, expect, it } from "@jest/globals";
import { message, nearestName } from "./errors.ts";

describe("message", () => {
  it("says where, what was found, what was expected", () => {
    expect(
      message({
        file: "raw/ev_sessions/a.csv",
        row: 7,
        dataset: "charging_sessions",
        column: "energy_kwh",
        problem: "below the minimum",
        found: "-1",
        expected: "from 0 to 1000",
      }),
    ).toBe(
      'file raw/ev_sessions/a.csv, row 7, dataset "charging_sessions", column "energy_kwh": ' +
        'below the minimum: found "-1", expected from 0 to 1000',
    );
  });

  it("says the nearest name, or else the names there are", () => {
    const known = ["started_at", "ended_at"];
    expect(message({ problem: "unknown column", found: "startet_at", known })).toBe(
      'unknown column: found "startet_at"; did you mean "started_at"?',
    );
    expect(message({ problem: "unknown column", found: "kwh", known })).toBe(
      'unknown column: found "kwh"; there is started_at, ended_at',
    );
    const many = Array.from({ length: 15 }, (_, index) => `column_${index}`);
    expect(message({ problem: "unknown column", found: "x", known: many })).toContain("column_11 and 3 more");
  });
});

describe("nearestName", () => {
  it.each([
    ["Site", ["site", "side"], "site"],
    ["sit", ["set", "bit"], "bit"],
    ["energy", ["user_id"], undefined],
    ["a", [], undefined],
  ])("of %s among %j is %s", (found, known, nearest) => {
    expect(nearestName(found, known)).toBe(nearest);
  });
});
