import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { bundleFunctions } from "./bundles.ts";

let repository: string;
let bundled: string[];
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "penstock-bundles-"));
  for (const path of ["apps/one/src/index.ts", "apps/two/src/index.ts", "apps/cli/src/main.ts"]) write(path);
  write("packages/steps/src/step.ts");
  write("packages/pipelines/shop/pipeline.ts");
  write("pnpm-lock.yaml");
  bundled = [];
});
afterEach(() => rmSync(repository, { recursive: true }));

function write(path: string, content = "first"): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), content);
}

/** The apps that are bundled when it is asked for now. */
async function bundles(): Promise<string[]> {
  bundled = [];
  await bundleFunctions(repository, async ({ app, out }) => {
    const name = app.slice(join(repository, "apps/").length);
    bundled.push(name);
    const source = readFileSync(join(app, "src/index.ts"), "utf8");
    write(`apps/${name}/dist/shop/index.mjs`, source);
    expect(out).toBe(join(app, "dist"));
    return [];
  });
  return bundled.sort();
}

test("bundles every app that is a function, and not again while nothing was touched", async () => {
  expect(await bundles()).toEqual(["one", "two"]);
  expect(await bundles()).toEqual([]);
});

test.each([
  ["an app's source", () => write("apps/one/src/index.ts", "second")],
  ["a file that an app brings along", () => write("apps/two/docs/index.html")],
  ["what a package lists", () => write("apps/two/package.json", "{}")],
  ["a package", () => write("packages/steps/src/step.ts", "second")],
  ["a pipeline more", () => write("packages/pipelines/cafe/pipeline.ts")],
  ["a pipeline less", () => rmSync(join(repository, "packages/pipelines/shop/pipeline.ts"))],
  ["dependencies", () => write("pnpm-lock.yaml", "second")],
  ["a bundle", () => write("apps/one/dist/shop/index.mjs", "broken")],
  ["a bundle that is gone", () => rmSync(join(repository, "apps/two/dist"), { recursive: true })],
  [
    "a source of the same size, an hour older",
    () => {
      const hourAgo = Date.now() / 1000 - 3600;
      utimesSync(join(repository, "apps/one/src/index.ts"), hourAgo, hourAgo);
    },
  ],
])("bundles anew after a change of %s", async (_, change) => {
  await bundles();
  change();
  expect(await bundles()).toEqual(["one", "two"]);
  expect(await bundles()).toEqual([]);
});

test("a source that changes while it is bundled is bundled the next time", async () => {
  await bundleFunctions(repository, async () => {
    write("packages/steps/src/step.ts", "meanwhile");
    return [];
  });
  expect(await bundles()).toEqual(["one", "two"]);
});

test("what could not be bundled is tried again", async () => {
  const failing = bundleFunctions(repository, () => Promise.reject(new Error("no such module")));
  await expect(failing).rejects.toThrow("no such module");
  expect(await bundles()).toEqual(["one", "two"]);
});
