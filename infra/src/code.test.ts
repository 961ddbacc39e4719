import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { builtCode, NotBuilt } from "./code.ts";
import { bytes } from "./testing/example.ts";

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

const everything = [
  "apps/plan-run/dist/car-parks/index.mjs",
  "apps/plan-run/dist/car-parks/docs/page.css.gz",
  "glue-scripts/jobs/car_parks.py",
  "glue-scripts/runtime/penstock/__init__.py",
  "glue-scripts/runtime/penstock/py.typed",
  "glue-scripts/runtime/penstock/__pycache__/x.pyc",
  ".toolchain/jars/deequ-2.jar",
  ".toolchain/jars/dqdl-1.jar",
  ".toolchain/jars/iceberg-1.jar",
];

/** A repository where all is built, but for one file. */
function repository(missing?: string): string {
  const root = mkdtempSync(join(tmpdir(), "penstock-code-"));
  roots.push(root);
  for (const path of everything.filter((each) => each !== missing)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  return root;
}

test("bundles, scripts, the runtime and the jars that Glue does not bring are what was built", () => {
  const code = builtCode(repository());
  const text = (content: Uint8Array) => new TextDecoder().decode(content);
  const bundle = code.bundle("plan-run", "car-parks");
  expect(Object.entries(bundle).map(([path, content]) => [path, text(content)])).toEqual([
    ["docs/page.css.gz", "apps/plan-run/dist/car-parks/docs/page.css.gz"],
    ["index.mjs", "apps/plan-run/dist/car-parks/index.mjs"],
  ]);
  expect(text(code.script("car-parks"))).toBe("glue-scripts/jobs/car_parks.py");
  expect(Object.keys(code.jars)).toEqual(["deequ-2.jar", "dqdl-1.jar"]);
  expect(unzipSync(code.runtime)).toEqual({
    "penstock/__init__.py": bytes("glue-scripts/runtime/penstock/__init__.py"),
    "penstock/py.typed": bytes("glue-scripts/runtime/penstock/py.typed"),
  });
});

test.each([
  ["apps/plan-run/dist/car-parks/index.mjs", "pnpm exec turbo run build"],
  ["glue-scripts/jobs/car_parks.py", "pnpm generate"],
  [".toolchain/jars/dqdl-1.jar", "pnpm penstock setup"],
])("without %s it says what to run", (path, command) => {
  const use = () => {
    const code = builtCode(repository(path));
    code.bundle("plan-run", "car-parks");
    code.script("car-parks");
  };
  expect(use).toThrow(NotBuilt);
  expect(use).toThrow(`there is no ${path.replace("dqdl-1", "dqdl-*")}: run ${command}`);
});
