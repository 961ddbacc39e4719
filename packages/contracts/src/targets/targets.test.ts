import { describe, expect, it } from "@jest/globals";
import { oneOf, string } from "../column.ts";
import { dataset, merge, references } from "../dataset.ts";
import { everyKind } from "../testing/every-kind.ts";
import { dictionary, entityDiagram } from "./dictionary.ts";
import { dqdl, dqdlRules, mostQuarantined } from "./dqdl.ts";
import { glueColumns } from "./glue-columns.ts";
import { jsonSchema } from "./json-schema.ts";
import { sparkCasts } from "./spark-casts.ts";
import { sparkDdl } from "./spark-ddl.ts";
import { typescript } from "./typescript.ts";

const site = dataset("sites", {
  description: "A place with chargers.",
  columns: { site_id: string().describe("Its name."), timezone: string().optional() },
  primaryKey: ["site_id"],
  write: merge(),
});

const visit = dataset("visits", {
  description: "A visit.",
  columns: { visit_id: string(), site_id: string() },
  primaryKey: ["visit_id"],
  write: merge(),
});

describe("typescript", () => {
  it("is a documented interface", () => {
    expect(typescript(site)).toBe(
      [
        "/** A place with chargers. */",
        "export interface Site {",
        "  /** Its name. */",
        "  site_id: string;",
        "  timezone: string | null;",
        "}",
        "",
      ].join("\n"),
    );
    const every = typescript(everyKind);
    expect(every).toContain(
      "  /** What was paid. An exact number as text, 3 decimals. From 0 to 0.1. */\n  amount: string;",
    );
    expect(every).toContain(`  word_or_not: "CCS" | "CHAdeMO" | 'say "so"' | null;`);
    expect(every).toContain("  /** Who it was. A pseudonym. */\n  text_or_not: string | null;");
  });

  it("breaks what is longer than a line", () => {
    const words = ["a", "b", "c", "d"].map((letter) => letter.repeat(30));
    const long = dataset("longs", {
      description: `${"word ".repeat(30)}end.`,
      columns: { key: oneOf(...words) },
      primaryKey: ["key"],
      write: merge(),
    });
    const text = typescript(long);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(text).toContain(`  key:\n    | "${words[0]}"\n    | "${words[1]}"`);
    expect(text).toMatch(/^\/\*\*\n \* word word/);
  });
});

describe("spark", () => {
  it("creates the table with its comments, partitions and lineage", () => {
    expect(sparkDdl(site, "glue_catalog.penstock.sites")).toBe(
      `CREATE TABLE IF NOT EXISTS glue_catalog.penstock.sites (
  site_id string NOT NULL COMMENT 'Its name.',
  timezone string,
  _run_id string COMMENT 'The run that wrote this version of the row.',
  _source_file string COMMENT 'The object the row came from, as a key in the lake.',
  _line bigint COMMENT 'The line of that object; its header is line 1.',
  _modified timestamp COMMENT 'When that object was last modified.',
  _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
)
USING iceberg
COMMENT 'A place with chargers.'
TBLPROPERTIES (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.wap.enabled' = 'true'
)`,
    );
    expect(sparkDdl(everyKind, "c.d.every_kinds")).toContain("PARTITIONED BY (months(at), days(day), word)");
  });

  it("creates a Delta table by what it is called", () => {
    const ddl = sparkDdl({ ...visit, format: "delta" }, "delta.`/lake/visits`");
    expect(ddl).toContain("CREATE TABLE IF NOT EXISTS delta.`/lake/visits` (");
    expect(ddl).toContain("USING delta\n");
    expect(ddl).toContain("'delta.enableDeletionVectors' = 'false'");
    expect(ddl).toContain("'delta.deletedFileRetentionDuration' = 'interval 3650 days'");
  });

  it("casts every column", () => {
    expect(sparkCasts(site)).toEqual([
      "try_cast(site_id AS string) AS site_id",
      "try_cast(timezone AS string) AS timezone",
    ]);
    expect(sparkCasts(everyKind)[5]).toBe("try_cast(amount AS decimal(10,3)) AS amount");
  });
});

describe("glueColumns", () => {
  it("has the contract's columns, then lineage", () => {
    expect(glueColumns(site).slice(0, 3)).toEqual([
      { name: "site_id", type: "string", comment: "Its name." },
      { name: "timezone", type: "string", comment: "" },
      { name: "_run_id", type: "string", comment: "The run that wrote this version of the row." },
    ]);
    expect(glueColumns(everyKind).map(({ type }) => type)).toEqual([
      ..."string boolean int bigint double decimal(10,3) date timestamp string".split(" "),
      ..."string boolean int bigint double decimal(38,18) date timestamp string".split(" "),
      ..."string string bigint timestamp bigint".split(" "),
    ]);
  });
});

describe("dqdl", () => {
  it("proves the key, the required columns, the bounds, the rules and the gates", () => {
    expect(dqdl(site)).toBe('Rules = [\n  IsPrimaryKey "site_id",\n  IsComplete "site_id"\n]\n');
    const rules = dqdlRules(everyKind);
    expect(rules).toContain('IsPrimaryKey "text" "day"');
    expect(rules).toContain('ColumnValues "amount" >= 0');
    expect(rules).toContain('ColumnValues "amount" <= 0.1');
    expect(rules).toContain('ColumnValues "small_or_not" >= 1 where "small_or_not is not null"');
    expect(rules).toContain(
      'ColumnValues "word_or_not" in ["CCS", "CHAdeMO", "say \\"so\\""] where "word_or_not is not null"',
    );
    expect(rules).toContain("RowCount = 0 where \"at < timestamp '2018-09-01T00:00:00Z'\"");
    expect(rules).toContain('RowCount = 0 where "not (at_or_not >= at)"');
    expect(rules).toContain('Mean "amount" >= 0.001');
    expect(rules).toContain('Completeness "word_or_not" >= 0.25');
  });

  it("leaves the quarantined share to the run", () => {
    expect(dqdl(everyKind)).not.toContain("0.2\n");
    expect(mostQuarantined(everyKind)).toBe(0.2);
    expect(mostQuarantined(site)).toBeUndefined();
  });
});

describe("jsonSchema", () => {
  it("describes rows as they travel", () => {
    const schema = jsonSchema(everyKind) as { properties: Record<string, unknown> };
    expect(schema).toMatchObject({ title: "EveryKind", type: "object", additionalProperties: false });
    expect(schema.properties).toMatchObject({
      small: { type: "integer", minimum: -5, maximum: 5 },
      large: { type: "integer", minimum: 0 },
      amount: { type: "string", pattern: "^-?\\d{1,7}(\\.\\d{1,3})?$", "x-minimum": "0", "x-maximum": "0.1" },
      at: { type: "string", format: "date-time" },
      word_or_not: { enum: ["CCS", "CHAdeMO", 'say "so"', null] },
      text_or_not: { type: ["string", "null"], "x-pii": "pseudonymise" },
    });
  });
});

describe("dictionary", () => {
  it("says every column, rule and gate", () => {
    const text = dictionary([{ title: "every", description: "All.", datasets: [everyKind] }]);
    for (const name of Object.keys(everyKind.columns)) expect(text).toContain(`| \`${name}\` |`);
    expect(text).toContain("| `amount` | decimal(10, 3) |  | What was paid. From 0 to 0.1. |");
    expect(text).toContain("- Key: `text`, `day`.");
    expect(text).toContain("the greater `amount`, then the later file.");
    expect(text).toContain("- Every row: the later is later (`at_or_not >= at`).");
    expect(text).toContain("- Every run: at most 20 % of the rows quarantined.");
    expect(text).toContain("- Every run: the mean of `amount` is from 0.001 to 80.");
    expect(text).toContain("Personal data: kept as a pseudonym.");
  });

  it("draws the datasets, joined where they share a key", () => {
    expect(entityDiagram([visit, site])).toBe(
      `erDiagram
  visits {
    string visit_id PK
    string site_id
  }
  sites {
    string site_id PK
    string timezone
  }
  sites |o..o{ visits : site_id`,
    );
  });

  it("draws a foreign key as a line", () => {
    const held = { ...visit, foreignKeys: [references(site, "site_id", { reportAfter: "2 days" })] };
    expect(entityDiagram([site, held])).toContain("    string site_id FK\n");
    expect(entityDiagram([site, held])).toContain("  sites ||--o{ visits : site_id");
    expect(entityDiagram([site, held])).not.toContain("..");
    expect(dictionary([{ title: "held", description: "All.", datasets: [site, held] }])).toContain(
      "- `site_id` is the `site_id` of a row of `sites`; a row whose parent has not arrived waits in quarantine, and is reported after 2 days.",
    );
  });
});
