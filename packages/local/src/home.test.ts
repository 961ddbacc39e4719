import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { foreignIn, homeAt, makeHome } from "./home.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "penstock-home-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("nothing of a home is foreign, not even what a daemon that was killed left behind", () => {
  const home = homeAt(root);
  makeHome(home);
  for (const name of ["owner.lock", "owner.lock-journal", "daemon.json.4711.unfinished"])
    writeFileSync(join(root, name), "");
  expect(foreignIn(home)).toEqual([]);
});

test("what somebody else put there is", () => {
  const home = homeAt(root);
  makeHome(home);
  mkdirSync(join(root, "lake-house"));
  writeFileSync(join(root, "thesis.tex"), "");
  expect([...foreignIn(home)].sort()).toEqual(["lake-house", "thesis.tex"]);
});
