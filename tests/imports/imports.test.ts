import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";

/** `pnpm imports` finds nothing in the repository; here it is shown that it would. */
const planted = mkdtempSync(join(tmpdir(), "penstock-imports-"));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), text);
}

async function violations(): Promise<string> {
  const bin = join(toolchain.repository, "node_modules/.bin/depcruise");
  const config = join(toolchain.repository, ".dependency-cruiser.mjs");
  const run = await execa(bin, ["--config", config, "apps", "packages"], { cwd: planted, reject: false });
  return String(run.stdout);
}

test("an import against the direction is found, one along it is not", async () => {
  plant("packages/contracts/src/column.ts", "export const column = 1;\n");
  plant(
    "packages/workflows/src/state.ts",
    'import { column } from "../../contracts/src/column.ts";\nexport const state = column;\n',
  );
  plant("apps/plan-run/src/index.ts", "export const handler = 1;\n");
  expect(await violations()).toContain("no dependency violations found");

  plant(
    "packages/contracts/src/dataset.ts",
    'import { state } from "../../workflows/src/state.ts";\nexport const dataset = state;\n',
  );
  plant(
    "packages/workflows/src/run.ts",
    'import { handler } from "../../../apps/plan-run/src/index.ts";\nexport const run = handler;\n',
  );
  plant(
    "packages/pipelines/one/pipeline.ts",
    'import { other } from "../two/contract.ts";\nexport default other;\n',
  );
  plant("packages/pipelines/two/contract.ts", "export const other = 1;\n");
  const found = await violations();
  expect(found).toContain("contracts-imports: packages/contracts/src/dataset.ts");
  expect(found).toContain("apps-are-leaves: packages/workflows/src/run.ts");
  expect(found).toContain("pipelines-stand-alone: packages/pipelines/one/pipeline.ts");
});
