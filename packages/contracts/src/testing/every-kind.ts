/** A dataset with every kind of column, rule and gate: what each target is tried on. */

import { boolean, date, decimal, double, integer, long, oneOf, string, timestamp } from "../column.ts";
import { dataset, day, identity, merge, month, rule } from "../dataset.ts";
import { completeness, mean, quarantined } from "../gate.ts";

export const everyKind = dataset("every_kinds", {
  description: "One of each kind; it's made for tests.",
  columns: {
    text: string().describe("The key, a 'quoted' word."),
    flag: boolean(),
    small: integer().between(-5, 5),
    large: long().atLeast(0),
    ratio: double().atMost(1.5),
    amount: decimal(10, 3).between(0, "0.1").describe("What was paid."),
    day: date().between("2018-09-01", "2030-01-01"),
    at: timestamp().atLeast("2018-09-01T00:00:00Z"),
    word: oneOf("Type 2", "it's"),
    text_or_not: string().optional().pii("pseudonymise").describe("Who it was."),
    flag_or_not: boolean().optional(),
    small_or_not: integer().between(1, 9).optional(),
    large_or_not: long().atMost(9_000_000_000).optional(),
    ratio_or_not: double().between(-1, 1).optional(),
    amount_or_not: decimal(38, 18).atLeast("-1.5").optional(),
    day_or_not: date().atMost("2030-01-01").optional(),
    at_or_not: timestamp().atMost("2030-01-01T00:00:00.500Z").optional(),
    word_or_not: oneOf("CCS", "CHAdeMO", 'say "so"').optional(),
  },
  primaryKey: ["text", "day"],
  newestBy: ["amount"],
  write: merge(),
  partitionBy: [month("at"), day("day"), identity("word")],
  rows: [
    rule("the later is later", "at_or_not >= at"),
    rule("a word that is known", "word_or_not <> 'CHAdeMO' or word = 'Type 2'"),
  ],
  gates: [
    quarantined().atMost(0.2),
    mean("amount").between(0.001, 80),
    mean("small_or_not").atLeast(1),
    mean("ratio").atMost(1.5),
    completeness("word_or_not").atLeast(0.25),
  ],
  freshness: { column: "at", within: "36 hours" },
});
