import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { foundFolders } from "./pipeline-folders.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-folders-"));
afterAll(() => rmSync(root, { recursive: true }));

function plant(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
}

test("each folder says what it lacks; what a removed one leaves, and what tools put there, is none", () => {
  plant("registry.ts", "node_modules/x/package.json", ".cache/x");
  plant("whole/pipeline.ts", "whole/contract.ts");
  plant("doorless/contract.ts", "vague/pipeline.ts", "begun/sources/city/header.txt");
  plant("removed/generated/queries.ts", "removed/generator/__pycache__/x.pyc", "removed/.DS_Store");
  expect(foundFolders(root)).toEqual([
    { name: "begun", lacks: ["pipeline.ts", "contract.ts"] },
    { name: "doorless", lacks: ["pipeline.ts"] },
    { name: "vague", lacks: ["contract.ts"] },
    { name: "whole", lacks: [] },
  ]);
});

test("where no folder is, there is none", () => {
  expect(foundFolders(join(root, "nowhere"))).toEqual([]);
});
