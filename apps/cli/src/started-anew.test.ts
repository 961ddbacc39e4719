import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { type Home, homeAt } from "@penstock/local/home.ts";
import { isStartedAnew } from "./started-anew.ts";

const folder = mkdtempSync(join(tmpdir(), "penstock-anew-"));
let home: Home;
const daemon = createServer((_, response) => response.end(JSON.stringify({ home: home.root, pid: 1 })));
afterAll(() => {
  daemon.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  home = homeAt(mkdtempSync(join(folder, "home-")));
});

const record = (url: string) => writeFileSync(home.daemonFile, JSON.stringify({ url }));

test("a daemon that comes up a moment later is waited for", async () => {
  await new Promise<void>((done) => daemon.listen(0, "127.0.0.1", done));
  setTimeout(() => record(`http://127.0.0.1:${(daemon.address() as AddressInfo).port}`), 300);
  expect(await isStartedAnew(home)).toBe(true);
});

test("one that died is not waited for", async () => {
  record("http://127.0.0.1:1");
  expect(await isStartedAnew(home, 600_000)).toBe(false);
});

test("one that was stopped is given up", async () => {
  expect(await isStartedAnew(home, 200)).toBe(false);
});
