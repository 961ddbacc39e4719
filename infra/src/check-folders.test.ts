import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { checkFolders } from "./check-folders.ts";
import { PipelineFault } from "./check-pipelines.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-check-folders-"));
afterAll(() => rmSync(root, { recursive: true }));

const plant = (name: string, ...files: string[]) => {
  const folder = join(root, "packages/pipelines", name);
  mkdirSync(folder, { recursive: true });
  for (const file of files) writeFileSync(join(folder, file), "");
  return () => rmSync(folder, { recursive: true });
};

test("a folder that is not whole, or not registered, is named", () => {
  plant("parking", "pipeline.ts", "contract.ts");
  const registered = [{ name: "parking" }];
  checkFolders(root, registered);

  const remove = plant("shop", "pipeline.ts");
  expect(() => checkFolders(root, registered)).toThrow(PipelineFault);
  expect(() => checkFolders(root, registered)).toThrow("packages/pipelines/shop has no contract.ts");
  remove();
  plant("shop", "workflow.ts");
  expect(() => checkFolders(root, registered)).toThrow("shop has no pipeline.ts and no contract.ts");
  plant("shop", "pipeline.ts", "contract.ts");
  expect(() => checkFolders(root, registered)).toThrow(
    "shop is not in packages/pipelines/registry.ts: run pnpm generate",
  );
  checkFolders(root, [...registered, { name: "shop" }]);
});
