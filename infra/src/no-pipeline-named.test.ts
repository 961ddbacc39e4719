/** Whatever lies in packages/pipelines is deployed: nothing here knows what does. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";

const infra = join(import.meta.dirname, "..");
const files = ["environments.ts", ...filesBelow("src")];

test.each(pipelines.map(({ name }) => name))("infra/ does not name %s", (name) => {
  const pascal = name.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  const spellings = [
    name,
    name.replaceAll("-", "_"),
    pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
  ];
  const named = new RegExp(`\\b(${spellings.join("|")})\\b`);
  expect(files.filter((path) => named.test(readFileSync(join(infra, path), "utf8")))).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(infra, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(infra.length + 1));
}
