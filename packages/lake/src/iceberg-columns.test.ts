import { expect, test } from "@jest/globals";
import { icebergColumns } from "./iceberg-columns.ts";

test("the columns of the current schema, as Glue would call their types", () => {
  const fields = [
    { name: "id", type: "string" },
    { name: "line", type: "long" },
    { name: "at", type: "timestamptz" },
    { name: "energy", type: "decimal(10, 3)" },
    { name: "day", type: "date" },
  ];
  const old = { "schema-id": 0, fields: [{ name: "id", type: "int" }] };
  const found = icebergColumns({ "current-schema-id": 1, schemas: [old, { "schema-id": 1, fields }] });
  expect(Object.fromEntries(found)).toEqual({
    id: "string",
    line: "bigint",
    at: "timestamp",
    energy: "decimal(10,3)",
    day: "date",
  });
});

test("metadata without its current schema is none", () => {
  expect(() => icebergColumns({ "current-schema-id": 2, schemas: [] })).toThrow("no current schema");
});
