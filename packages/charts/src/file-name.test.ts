import { expect, test } from "@jest/globals";
import { fileNameOf } from "./file-name.ts";

test("an ordinary id stays as it is", () => {
  for (const id of ["site-alpha-pv-farm-01", "ausgrid-home", "a_b.c"]) expect(fileNameOf(id)).toBe(id);
});

test.each([
  "../../etc/passwd",
  "..",
  "a/b",
  "a\\b",
  "C:\\x",
  "</script><script>",
  "a\u0000b",
  "",
  "x".repeat(10_000),
  "Größe 1",
  "a..b",
  "%2e%2e%2f",
])("%j becomes a part of a file's name", (id) => {
  const name = fileNameOf(id);
  expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/);
});

test("no two ids become one, on no file system", () => {
  const ids = ["a/b", "a-b", "a\\b", "A-B", "a b", "a--b", "a..b"];
  expect(new Set(ids.map((id) => fileNameOf(id).toLowerCase())).size).toBe(ids.length);
});
