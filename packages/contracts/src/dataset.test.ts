import { describe, expect, it } from "@jest/globals";
import { date, decimal, integer, oneOf, string, timestamp } from "./column.ts";
import { type DatasetFacts, dataset, identity, merge, month, references, rule } from "./dataset.ts";
import { completeness, mean, quarantined } from "./gate.ts";

const columns = {
  session_id: string(),
  site_id: string().optional(),
  started_at: timestamp(),
  energy_kwh: decimal(10, 3),
};

const parent = dataset("parents", {
  description: "What is referred to.",
  columns: { parent_id: string() },
  primaryKey: ["parent_id"],
  write: merge(),
});

/** A contract that is well but for what the case changes; what the compiler would refuse is let through. */
function define(changes: object, name = "charging_sessions") {
  const facts = {
    description: "A session.",
    columns,
    primaryKey: ["session_id"],
    write: merge(),
    ...changes,
  };
  return dataset(name, facts as unknown as DatasetFacts<typeof columns>);
}

describe("dataset", () => {
  it("is plain data, with defaults filled in", () => {
    expect(define({})).toMatchObject({
      name: "charging_sessions",
      row: "ChargingSession",
      newestBy: [],
      partitionBy: [],
      rows: [],
      gates: [],
      write: { kind: "merge" },
    });
    expect(define({}).columns.energy_kwh).toEqual(columns.energy_kwh.column);
  });

  it.each([
    ["sites", "Site"],
    ["energy_readings", "EnergyReading"],
    ["cities", "City"],
    ["addresses", "Address"],
    ["purchases", "Purchase"],
    ["weather", "Weather"],
  ])("names a row of %s %s", (name, row) => {
    expect(define({}, name).row).toBe(row);
  });

  it("takes another name of a row", () => {
    expect(define({ row: "Visit" }).row).toBe("Visit");
  });

  it("refuses unknown columns at compile time", () => {
    const facts = { description: "A session.", columns, primaryKey: ["session_id" as const], write: merge() };
    // @ts-expect-error no such column in the key
    expect(() => dataset("a", { ...facts, primaryKey: ["sesion_id"] })).toThrow();
    // @ts-expect-error no such column in the partition
    expect(() => dataset("a", { ...facts, partitionBy: [month("at")] })).toThrow();
    // @ts-expect-error no such column in the gate
    expect(() => dataset("a", { ...facts, gates: [mean("kwh").atLeast(1)] })).toThrow();
  });

  it.each<[string, object, string]>([
    [
      "an unknown key column",
      { primaryKey: ["sesion_id"] },
      'unknown column in primaryKey: found "sesion_id"; did you mean "session_id"?',
    ],
    [
      "an unknown column that is like none",
      { newestBy: ["kilometres"] },
      'unknown column in newestBy: found "kilometres"; there is session_id, site_id, started_at, energy_kwh',
    ],
    [
      "an optional key",
      { primaryKey: ["site_id"] },
      'column "site_id": a key column is optional: expected a column that is never empty',
    ],
    ["no key", { primaryKey: [] }, "no primaryKey: expected the columns that tell one row from another"],
    ["no columns", { columns: {} }, "no columns: expected at least one"],
    ["no description", { description: " " }, "no description: expected a sentence saying what a row is"],
    [
      "months of text",
      { partitionBy: [month("session_id")] },
      'column "session_id": partitioned by month: found "string", expected a date or a timestamp',
    ],
    ["an unknown partition", { partitionBy: [identity("site")] }, 'in partitionBy: found "site"'],
    [
      "a share above one",
      { gates: [quarantined().atMost(20)] },
      'quarantined: found "20", expected a share, 0 to 1',
    ],
    [
      "an unknown gate column",
      { gates: [completeness("site").atLeast(1)] },
      'unknown column in a gate: found "site"',
    ],
    [
      "days of a Delta table",
      { format: "delta", partitionBy: [month("started_at")] },
      'column "started_at": partitioned by month: found "the format delta", expected identity',
    ],
    [
      "a reference of another kind",
      { foreignKeys: [references(parent, "energy_kwh")] },
      'column "energy_kwh": a reference to "parents": found "decimal", expected string',
    ],
    [
      "a reference by personal data",
      {
        columns: { ...columns, user_id: string().pii("pseudonymise") },
        foreignKeys: [references(parent, "user_id")],
      },
      'a reference to "parents": found "personal data"',
    ],
    [
      "a reference that waits for no time",
      { foreignKeys: [references(parent, "site_id", { reportAfter: "soon" })] },
      'reportAfter: found "soon", expected a count and a unit',
    ],
    ["a mean of text", { gates: [mean("site_id").atLeast(1)] }, 'a mean: found "string", expected a number'],
    [
      "a gate the wrong way round",
      { gates: [mean("energy_kwh").between(80, 0.5)] },
      'column "energy_kwh": bounds the wrong way round: found "80 to 0.5", expected the smaller first',
    ],
    [
      "a freshness without a unit",
      { freshness: { column: "started_at", within: "36" } },
      'freshness: found "36", expected a count and a unit, such as "36 hours"',
    ],
    [
      "two rules of one name",
      { rows: [rule("a", "true"), rule("a", "true")] },
      'two rules of one name: found "a"',
    ],
    [
      "a rule with double quotes",
      { rows: [rule("a", 'site_id = "x"')] },
      "expected a predicate in Spark SQL, text in single quotes",
    ],
    ["a name of a row", { row: "charging session" }, "expected Pascal case, such as ChargingSession"],
    [
      "a column in capitals",
      { columns: { ...columns, Site: string() } },
      'column "Site": a column\'s name: found "Site"',
    ],
    [
      "a column like a lineage column",
      { columns: { ...columns, _file: string() } },
      'a column\'s name: found "_file"',
    ],
    [
      "a decimal too long",
      { columns: { ...columns, a: decimal(39, 0) } },
      'a decimal\'s precision: found "39"',
    ],
    ["a decimal's scale", { columns: { ...columns, a: decimal(3, 4) } }, "expected a whole number, 0 to 3"],
    [
      "a decimal's bound",
      { columns: { ...columns, a: decimal(3, 1).atLeast("1,5") } },
      'found "1,5", expected digits',
    ],
    [
      "bounds",
      { columns: { ...columns, a: integer().between(2, 1) } },
      'found "2 to 1", expected the smaller first',
    ],
    [
      "a day that isn't",
      { columns: { ...columns, a: date().atLeast("2018-13-01") } },
      "expected ISO-8601, such as 2018",
    ],
    ["no values", { columns: { ...columns, a: oneOf() } }, 'column "a": oneOf without values'],
    [
      "a value twice",
      { columns: { ...columns, a: oneOf("x", "x") } },
      'a value stands twice in oneOf: found "x"',
    ],
    ["a backslash", { columns: { ...columns, a: oneOf("\\x") } }, "expected no backslash"],
  ])("refuses %s", (_, changes, expected) => {
    expect(() => define(changes)).toThrow(expected);
    expect(() => define(changes)).toThrow(/^dataset "charging_sessions"/);
  });

  it("refuses a reference to a key of several columns", () => {
    const two = dataset("pairs", {
      description: "A pair.",
      columns: { one: string(), two: string() },
      primaryKey: ["one", "two"],
      write: merge(),
    });
    expect(() => references(two, "site_id")).toThrow(
      'a reference to "pairs": found "the key one, two", expected a key of one column',
    );
  });

  it("refuses a name that is not in snake case", () => {
    expect(() => define({}, "ChargingSessions")).toThrow(
      'a dataset\'s name: found "ChargingSessions", expected snake case',
    );
  });
});
