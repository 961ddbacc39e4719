import { describe, expect, it } from "@jest/globals";
import type { Row } from "../dataset.ts";
import { everyKind } from "../testing/every-kind.ts";
import { problems, validator } from "./zod.ts";

const row: Row<typeof everyKind> = {
  text: "a",
  flag: true,
  small: 5,
  large: 2 ** 40,
  ratio: 1.5,
  amount: "0.1",
  day: "2018-09-01",
  at: "2018-09-01T00:00:00Z",
  word: "it's",
  text_or_not: null,
  flag_or_not: null,
  small_or_not: null,
  large_or_not: null,
  ratio_or_not: null,
  amount_or_not: null,
  day_or_not: null,
  at_or_not: null,
  word_or_not: null,
};

describe("validator", () => {
  it("takes a row, and gives it back typed", () => {
    const checked: Row<typeof everyKind> = validator(everyKind).parse(row);
    expect(checked).toEqual(row);
  });

  it("takes the optional columns filled", () => {
    const filled = {
      text_or_not: "b",
      amount_or_not: "-1.5",
      at_or_not: "2029-12-31T23:59:59.999999Z",
      word_or_not: "CCS",
    };
    expect(problems(everyKind, { ...row, ...filled })).toEqual([]);
  });
});

describe("problems", () => {
  it.each<[object, string]>([
    [
      { small: 6 },
      'column "small": unusable value: found "6", expected a whole number of 32 bits from -5 to 5',
    ],
    [{ small: 1.5 }, 'column "small": unusable value: found "1.5"'],
    [{ large: -1 }, "expected a whole number at least 0"],
    [{ ratio: "1" }, "expected a number at most 1.5"],
    [{ amount: "0.101" }, 'found "0.101", expected a decimal(10,3) as text from 0 to 0.1'],
    [{ amount: "nothing" }, 'found "nothing", expected a decimal(10,3) as text from 0 to 0.1'],
    [{ day: "2018-02-30" }, "expected a day as ISO-8601 text from 2018-09-01 to 2030-01-01"],
    [{ at: "2018-09-01T00:00:00+01:00" }, "expected an instant in UTC as ISO-8601 text"],
    [{ at: "2018-08-31T23:59:59.999999Z" }, "at least 2018-09-01T00:00:00Z"],
    [{ at: "2018-09-01T00:00Z" }, "expected an instant in UTC"],
    [{ word: "Type 3" }, 'found "Type 3", expected one of Type 2, it\'s'],
    [{ word_or_not: "x" }, "expected one of CCS, CHAdeMO, say"],
    [{ text: null }, 'column "text": unusable value: found "null", expected text'],
    [{ flag: undefined }, 'column "flag": missing: expected true or false'],
    [{ smal: 1 }, 'unknown column: found "smal"; did you mean "small"?'],
  ])("of %j", (changes, expected) => {
    const found = problems(everyKind, { ...row, ...changes }, { file: "a.csv", row: 3 });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).toMatch(/^file a\.csv, row 3, dataset "every_kinds"/);
  });

  it("never quotes personal data", () => {
    const found = problems(everyKind, { ...row, text_or_not: 4711 });
    expect(found).toEqual([
      'dataset "every_kinds", column "text_or_not": unusable value: expected text or null',
    ]);
  });

  it("of what is no row at all", () => {
    expect(problems(everyKind, "a")).toEqual([
      'dataset "every_kinds": not a row: found "string", expected an object',
    ]);
  });
});
