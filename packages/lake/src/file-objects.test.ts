import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { openObjects } from "./objects.ts";
import { objectsBehaviour } from "./testing/objects-behaviour.ts";

const folder = await mkdtemp(join(tmpdir(), "penstock objects-"));
afterAll(() => rm(folder, { recursive: true }));

const open = () => openObjects(pathToFileURL(folder).href);

objectsBehaviour("file objects", async () => open());

test("a key can't lead out of the folder", async () => {
  await expect(open().write("../x", "x")).rejects.toThrow('bad key "../x"');
  await expect(open().read("a/../../x")).rejects.toThrow(/bad key/);
});

test("a URL leads back to the file", () => {
  expect(open().url("raw/a b%.csv")).toBe(`${pathToFileURL(folder).href}/raw/a%20b%25.csv`);
});

test("nothing on its way is left or listed", async () => {
  const objects = open();
  await objects.write("k", "v");
  await objects.create("k", "v");
  expect(await readdir(join(folder, ".incoming"))).toEqual([]);
});

test("a copy keeps its file's time, by which versions of a row are told apart", async () => {
  const objects = open();
  await objects.write("raw/x.csv", "v");
  const then = new Date("2024-05-06T07:08:09.123Z");
  await utimes(join(folder, "raw/x.csv"), then, then);
  const head = await objects.head("raw/x.csv");
  if (head === null) throw new Error("no head");
  await objects.copy(head, "archive/x.csv");
  expect((await objects.head("archive/x.csv"))?.modified).toEqual(then);
  expect(await readdir(join(folder, ".incoming"))).toEqual([]);
});

test("another scheme is refused", () => {
  expect(() => openObjects("gs://bucket/")).toThrow("no objects at gs://bucket/: expected file:// or s3://");
});
