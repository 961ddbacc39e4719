/** What the targets say of a contract with every kind of column, tried on real Spark, Iceberg and Deequ. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { lineageColumns } from "@penstock/contracts/lineage.ts";
import { dqdl, dqdlRules } from "@penstock/contracts/targets/dqdl.ts";
import { glueColumns } from "@penstock/contracts/targets/glue-columns.ts";
import { sparkCasts } from "@penstock/contracts/targets/spark-casts.ts";
import { sparkDdl } from "@penstock/contracts/targets/spark-ddl.ts";
import { everyKind } from "@penstock/contracts/testing/every-kind.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { smallSpark } from "../support/small-spark.ts";

type RawRow = Readonly<Record<string, string | null>>;

interface Answer {
  readonly columns: readonly (readonly [string, string, boolean, string])[];
  readonly partitions: readonly string[];
  readonly cast: readonly Readonly<Record<string, unknown>>[];
  readonly stored: number;
  readonly refused: string;
  readonly verdicts: Readonly<Record<string, readonly (readonly [string, string, string])[]>>;
}

/** At the upper bounds, every optional column filled. */
const full: RawRow = {
  text: "a",
  flag: "true",
  small: "5",
  large: "9007199254740993",
  ratio: "1.5",
  amount: "0.1",
  day: "2030-01-01",
  at: "2018-09-01 00:00:00",
  word: "it's",
  text_or_not: "b",
  flag_or_not: "false",
  small_or_not: "9",
  large_or_not: "9000000000",
  ratio_or_not: "1",
  amount_or_not: "12345678901234567890.123456789012345678",
  day_or_not: "2030-01-01",
  at_or_not: "2030-01-01 00:00:00.5",
  word_or_not: 'say "so"',
};

/** At the lower bounds, every optional column empty. */
const bare: RawRow = {
  ...Object.fromEntries(Object.keys(full).map((name) => [name, null])),
  text: "b",
  flag: "false",
  small: "-5",
  large: "0",
  ratio: "-1e3",
  amount: "0",
  day: "2018-09-01",
  at: "2018-09-01 00:00:00",
  word: "Type 2",
};

/** Changes to the full row, a row each, and the rules that they break. */
const broken: readonly (readonly [RawRow, ...string[]])[] = [
  [{ text: null }, 'IsComplete "text"'],
  [{ text: "twice" }],
  [{ text: "twice" }, 'IsPrimaryKey "text" "day"'],
  [{ small: "-6" }, 'ColumnValues "small" >= -5'],
  [{ amount: "0.101" }, 'ColumnValues "amount" <= 0.1'],
  [{ day: "2018-08-31" }, `where "day < date '2018-09-01'`],
  [{ at: "2018-08-31 23:59:59.999999" }, `where "at < timestamp '2018-09-01T00:00:00Z'`],
  [{ at_or_not: "2030-01-01 00:00:00.500001" }, `where "at_or_not > timestamp '2030-01-01T00:00:00.500Z'`],
  [{ word: "Type 3" }, `where "word not in`],
  [{ word_or_not: "Type 3" }, 'ColumnValues "word_or_not" in'],
  [{ small_or_not: "10" }, 'ColumnValues "small_or_not" <= 9'],
  [{ at_or_not: "2018-08-31 00:00:00" }, `where "not (at_or_not >= at)`],
  [{ ratio: "80" }, 'ColumnValues "ratio" <= 1.5', 'Mean "ratio" <= 1.5'],
];

const warehouse = mkdtempSync(join(tmpdir(), "penstock-contracts-"));
let answer: Answer;

beforeAll(() => {
  const rules = dqdl(everyKind);
  const spoilt = broken.map(([change], index) => ({ ...full, text: `row ${index}`, ...change }));
  answer = witness({
    warehouse,
    ddl: sparkDdl(everyKind, "glue_catalog.penstock.every_kinds"),
    table: "glue_catalog.penstock.every_kinds",
    casts: sparkCasts(everyKind),
    rows: [full, bare],
    rulesets: { kept: { rules, rows: [full, bare] }, broken: { rules, rows: spoilt } },
  });
}, 300_000);

afterAll(() => rmSync(warehouse, { recursive: true, force: true }));

describe("Spark and Iceberg", () => {
  it("create the table as the Glue catalogue describes it", () => {
    const required = Object.entries(everyKind.columns).flatMap(([name, { nullable }]) =>
      nullable ? [] : [name],
    );
    expect(answer.columns).toEqual(
      glueColumns(everyKind).map(({ name, type, comment }) => [
        name,
        type,
        !required.includes(name),
        comment,
      ]),
    );
    expect(answer.columns.slice(-lineageColumns.length).map(([name]) => name)).toEqual(
      lineageColumns.map(({ name }) => name),
    );
    expect(answer.partitions).toEqual(["months(at)", "days(day)", "word"]);
  });

  it("cast text to every kind, exactly", () => {
    expect(answer.cast[0]).toMatchObject({
      flag: true,
      small: 5,
      ratio: 1.5,
      day: "2030-01-01",
      at: "2018-09-01T00:00:00.000Z",
      at_or_not: "2030-01-01T00:00:00.500Z",
      word_or_not: 'say "so"',
    });
    expect(answer.cast[1]).toEqual({
      text: "b",
      flag: false,
      small: -5,
      large: 0,
      ratio: -1000,
      amount: 0,
      day: "2018-09-01",
      at: "2018-09-01T00:00:00.000Z",
      word: "Type 2",
    });
  });

  it("store the rows, and refuse one that lacks a required column", () => {
    expect(answer.stored).toBe(2);
    expect(answer.refused).toMatch(/NOT NULL|null/i);
  });
});

describe("Deequ", () => {
  it("passes rows at both bounds, every optional column empty or filled", () => {
    expect(failed("kept")).toEqual([]);
    expect(answer.verdicts.kept).toHaveLength(dqdlRules(everyKind).length);
  });

  it("fails each rule that a row breaks, and no other", () => {
    const rules = broken.flatMap(([, ...rest]) => rest);
    for (const rule of rules) expect(failed("broken")).toContainEqual(expect.stringContaining(rule));
    expect(failed("broken")).toHaveLength(rules.length);
  });
});

function failed(ruleset: string): readonly string[] {
  return (answer.verdicts[ruleset] ?? []).filter(([, outcome]) => outcome !== "Passed").map(([rule]) => rule);
}

function witness(request: object): Answer {
  const script = join(import.meta.dirname, "spark_witness.py");
  const run = spawnSync(toolchain.python, [script], {
    input: JSON.stringify(request),
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: smallSpark },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`the witness failed: ${run.error ?? run.stderr.slice(-4000)}`);
  return JSON.parse(run.stdout);
}
