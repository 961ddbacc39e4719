import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contentType, folderAssets } from "./assets.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-assets-"));
  await mkdir(join(folder, "served/docs"), { recursive: true });
  await writeFile(join(folder, "served/docs/page.css.gz"), gzipSync("p {}"));
  await writeFile(join(folder, "secret.gz"), gzipSync("secret"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a file of the folder is read, and nothing outside of it, however it is called", async () => {
  const assets = folderAssets(new URL("served/", pathToFileURL(`${folder}/`)));
  expect(gunzipSync((await assets("docs/page.css")) ?? "").toString()).toBe("p {}");
  const others = [
    "docs/none.css",
    "docs/../../secret",
    "../secret",
    "/etc/passwd",
    "docs/page.css\0",
    "%2e%2e/secret",
    "docs\\..\\..\\secret",
    "",
    `${pathToFileURL(folder)}/secret`,
  ];
  for (const name of others) expect({ name, found: await assets(name) }).toEqual({ name, found: null });
});

test.each([
  ["docs/index.html", "text/html; charset=utf-8"],
  ["openapi.json", "application/json; charset=utf-8"],
  ["a.min.js", "text/javascript; charset=utf-8"],
  ["a.bin", "application/octet-stream"],
])("%s is %s", (name, type) => {
  expect(contentType(name)).toBe(type);
});
