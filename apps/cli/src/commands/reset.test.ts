import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { homeAt, makeHome } from "@penstock/local/home.ts";
import { Command } from "commander";
import { Failure } from "../failure.ts";
import { resetCommand } from "./reset.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "penstock-reset-"));
  process.env.PENSTOCK_HOME = root;
  makeHome(homeAt(root));
});
afterEach(() => {
  delete process.env.PENSTOCK_HOME;
  rmSync(root, { recursive: true, force: true });
});

const reset = () => {
  const program = new Command().exitOverride();
  resetCommand(program);
  return program.parseAsync(["reset", "--yes"], { from: "user" });
};

test("the local state goes", async () => {
  await reset();
  expect(existsSync(root)).toBe(false);
});

test("a folder with anything else in it stays as it is", async () => {
  writeFileSync(join(root, "thesis.tex"), "");
  await expect(reset()).rejects.toThrow(Failure);
  await expect(reset()).rejects.toThrow(`${root} holds what is not the local state (thesis.tex)`);
  expect(existsSync(join(root, "lake"))).toBe(true);
});
