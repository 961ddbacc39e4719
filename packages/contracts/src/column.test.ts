import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";
import { date, decimal, integer, string } from "./column.ts";
import type { Row } from "./dataset.ts";
import type { everyKind } from "./testing/every-kind.ts";

describe("a column", () => {
  it("is plain data", () => {
    expect(decimal(10, 3).between(0, 1000).describe("Energy.").optional().column).toEqual({
      kind: "decimal",
      precision: 10,
      scale: 3,
      min: "0",
      max: "1000",
      description: "Energy.",
      nullable: true,
    });
    expect(string().pii("pseudonymise").column).toEqual({
      kind: "string",
      nullable: false,
      description: "",
      pii: "pseudonymise",
    });
  });

  it("is not changed by what is built from it", () => {
    const plain = integer();
    plain.atLeast(1).optional().describe("Another.");
    expect(plain.column).toEqual({ kind: "integer", nullable: false, description: "" });
  });

  it("has bounds of its own type only", () => {
    date().atLeast("2018-09-01");
    // @ts-expect-error a day is not a number
    date().atLeast(2018);
    // @ts-expect-error text has no order here
    string().atLeast("a");
    // @ts-expect-error a whole number is not text
    integer().atMost("5");
  });
});

describe("Row", () => {
  it("is what one row is in TypeScript", () => {
    expectTypeOf<Row<typeof everyKind>>().toEqualTypeOf<{
      text: string;
      flag: boolean;
      small: number;
      large: number;
      ratio: number;
      amount: string;
      day: string;
      at: string;
      word: "Type 2" | "it's";
      text_or_not: string | null;
      flag_or_not: boolean | null;
      small_or_not: number | null;
      large_or_not: number | null;
      ratio_or_not: number | null;
      amount_or_not: string | null;
      day_or_not: string | null;
      at_or_not: string | null;
      word_or_not: "CCS" | "CHAdeMO" | 'say "so"' | null;
    }>();
  });
});
