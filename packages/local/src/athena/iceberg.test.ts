import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { icebergTable } from "./iceberg.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-iceberg-"));
  mkdirSync(join(folder, "metadata"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function version(number: number, content: object = {}): void {
  const schema = { "schema-id": 0, fields: [{ name: `of_v${number}`, type: "string" }] };
  const metadata = { "current-schema-id": 0, schemas: [schema], ...content };
  writeFileSync(join(folder, "metadata", `v${number}.metadata.json`), JSON.stringify(metadata));
}

const hint = (text: string) => writeFileSync(join(folder, "metadata", "version-hint.text"), text);
const column = () => icebergTable(folder)?.columns[0]?.name;

describe("the newest metadata", () => {
  test("is what the hint says, and whatever was committed after it", () => {
    for (const number of [1, 2, 3]) version(number);
    hint("2");
    expect(column()).toBe("of_v3");
  });

  test("is the highest version when there is no hint", () => {
    for (const number of [2, 10, 9]) version(number);
    expect(column()).toBe("of_v10");
  });

  test("is nothing in a folder without any", () => {
    expect(icebergTable(folder)).toBeUndefined();
    expect(icebergTable(join(folder, "nowhere"))).toBeUndefined();
  });
});

test("a table without a snapshot is empty", () => {
  version(1, { "current-snapshot-id": -1 });
  expect(icebergTable(folder)?.empty).toBe(true);
  version(1, { "current-snapshot-id": 5 });
  expect(icebergTable(folder)?.empty).toBe(false);
});

test("columns are those of the current schema, with Trino's types", () => {
  const fields = [
    ["a", "int"],
    ["b", "decimal(10, 3)"],
    ["c", "timestamptz"],
    ["d", "uuid"],
    ["e", { type: "list", element: "string" }],
    ["f", { type: "struct", fields: [] }],
  ].map(([name, type]) => ({ name, type }));
  version(1, {
    "current-schema-id": 1,
    schemas: [
      { "schema-id": 0, fields: [] },
      { "schema-id": 1, fields },
    ],
  });
  expect(icebergTable(folder)?.columns.map(({ type }) => type)).toEqual([
    { kind: "integer" },
    { kind: "decimal", precision: 10, scale: 3 },
    { kind: "timestamptz", precision: 6, zone: "UTC" },
    { kind: "foreign", name: "uuid" },
    { kind: "array", element: { kind: "varchar" } },
    { kind: "foreign", name: "struct" },
  ]);
});
