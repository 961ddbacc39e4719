import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { ConfigError } from "./config.ts";
import { loadEnvironment } from "./load-environment.ts";

const folder = mkdtempSync(join(tmpdir(), "penstock-environments-"));
afterAll(() => rmSync(folder, { recursive: true }));

const load = (file: string, text: string) => {
  const path = join(folder, file);
  writeFileSync(path, text);
  return loadEnvironment("mine", { PENSTOCK_ENVIRONMENTS: path });
};

test("the examples are sound: one that can be destroyed, one in Tokyo that can't", async () => {
  expect(await loadEnvironment("dev", {})).toMatchObject({ name: "dev", allowDestroy: true });
  expect(await loadEnvironment("prod", {})).toMatchObject({ region: "ap-northeast-1", allowDestroy: false });
});

test("environments may lie in another file", async () => {
  const text = 'export default { mine: { account: "333333333333", region: "eu-west-3" } };';
  expect(await load("mine.mjs", text)).toMatchObject({ name: "mine", account: "333333333333" });
});

test.each([
  ["is not there", "none.mjs", null, "none.mjs: can't be loaded: "],
  ["is no program", "broken.mjs", "export default {", "broken.mjs: can't be loaded: "],
  [
    "says nothing",
    "empty.mjs",
    "export const a = 1;",
    "expected a default export with the environments by name",
  ],
])("a file that %s is named", async (_, file, text, message) => {
  const asked =
    text === null ? loadEnvironment("mine", { PENSTOCK_ENVIRONMENTS: join(folder, file) }) : load(file, text);
  await expect(asked).rejects.toThrow(ConfigError);
  await expect(asked).rejects.toThrow(message);
});

test("what is wrong in a file is told with the file", async () => {
  const asked = load("bad.mjs", 'export default { mine: { account: "1", region: "eu-west-3" } };');
  await expect(asked).rejects.toThrow(/bad\.mjs: environment "mine":\n {2}account: found "1", expected/);
});
