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
    // what the file system itself refuses
    "docs/page.css.gz/more",
    `docs/${"a".repeat(300)}`,
  ];
  for (const name of others) expect({ name, found: await assets(name) }).toEqual({ name, found: null });
});

test("only what is there is kept: whoever asks for ever other names fills no memory with them", async () => {
  const assets = folderAssets(new URL("served/", pathToFileURL(`${folder}/`)));
  expect(await assets("docs/late.css")).toBeNull();
  await writeFile(join(folder, "served/docs/late.css.gz"), gzipSync("b {}"));
  const found = await assets("docs/late.css");
  expect(gunzipSync(found ?? "").toString()).toBe("b {}");
  expect(await assets("docs/late.css")).toBe(found);
});

test.each([
  ["docs/index.html", "text/html; charset=utf-8"],
  ["openapi.json", "application/json; charset=utf-8"],
  ["a.min.js", "text/javascript; charset=utf-8"],
  ["a.bin", "application/octet-stream"],
])("%s is %s", (name, type) => {
  expect(contentType(name)).toBe(type);
});
