import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { JsonObject } from "./json.ts";
import { S3Events } from "./s3-events.ts";

jest.setTimeout(30_000);

let home: string;
let got: [string, JsonObject][];
let events: S3Events;

async function watch(
  deliver = (key: string, event: JsonObject) => void got.push([key, event]),
): Promise<void> {
  events = new S3Events({
    lake: home,
    bucket: "bucket",
    account: "000000000000",
    region: "eu-west-1",
    record: join(home, "events.ndjson"),
    settleMs: 100,
    delayMs: 10,
    deliver,
    onError: () => undefined,
  });
  await events.start();
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !holds(); tries++) await sleep(20);
}

const put = (key: string, content: string) => {
  mkdirSync(join(home, key, ".."), { recursive: true });
  writeFileSync(join(home, key), content);
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "penstock-s3-"));
  got = [];
});
afterEach(() => events.close());

test("an object put below raw/ becomes an Object Created event", async () => {
  await watch();
  put("raw/ev sessions/a+b ü.csv", "hello");
  await until(() => got.length > 0);
  expect(got).toHaveLength(1);
  expect(got[0]).toEqual([
    "raw/ev sessions/a+b ü.csv",
    expect.objectContaining({
      "detail-type": "Object Created",
      source: "aws.s3",
      detail: expect.objectContaining({
        bucket: { name: "bucket" },
        object: {
          key: "raw/ev sessions/a+b ü.csv",
          size: 5,
          etag: "5d41402abc4b2a76b9719d911017c592",
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
      }),
    }),
  ]);
});

test("a file that grows is one object; one put again is another event; unfinished and hidden ones are none", async () => {
  await watch();
  put("raw/x/grows.csv", "1");
  for (let size = 2; size < 6; size++) {
    await sleep(40);
    appendFileSync(join(home, "raw/x/grows.csv"), "1");
  }
  put("raw/x/.hidden.csv", "1");
  put("raw/x/moved.csv.part", "whole");
  await until(() => got.length > 0);
  renameSync(join(home, "raw/x/moved.csv.part"), join(home, "raw/x/moved.csv"));
  await until(() => got.length > 1);
  put("raw/x/grows.csv", "other");
  await until(() => got.length > 2);
  expect(got.map(([key, { detail }]) => [key, (detail as { object: { size: number } }).object.size])).toEqual(
    [
      ["raw/x/grows.csv", 5],
      ["raw/x/moved.csv", 5],
      ["raw/x/grows.csv", 5],
    ],
  );
});

test("what came while nobody watched, or could not be taken, is delivered by the next; the rest is not again", async () => {
  put("raw/x/one.csv", "1");
  await watch();
  await until(() => got.length > 0);
  await events.close();
  await watch(() => {
    throw new Error("not now");
  });
  put("raw/x/two.csv", "2");
  await sleep(400);
  await events.close();
  put("raw/x/three.csv", "3");
  await watch();
  await until(() => got.length > 2);
  await sleep(100);
  expect(got.map(([key]) => key).sort()).toEqual(["raw/x/one.csv", "raw/x/three.csv", "raw/x/two.csv"]);
});

test("an object that was deleted and is put again as it was is an event once more", async () => {
  put("raw/x/moved.csv", "1");
  const path = join(home, "raw/x/moved.csv");
  const then = statSync(path).mtime;
  await watch();
  await until(() => got.length === 1);
  rmSync(path);
  await sleep(400);
  put("raw/x/.moved.csv", "1");
  utimesSync(join(home, "raw/x/.moved.csv"), then, then);
  renameSync(join(home, "raw/x/.moved.csv"), path);
  await until(() => got.length === 2);
  expect(got.map(([key]) => key)).toEqual(["raw/x/moved.csv", "raw/x/moved.csv"]);
});

test("a line of the record that was cut off costs one event more, and no other", async () => {
  await watch();
  put("raw/x/a.csv", "1");
  put("raw/x/b.csv", "2");
  await until(() => got.length > 1);
  await events.close();
  const record = join(home, "events.ndjson");
  const [first = "", second = ""] = readFileSync(record, "utf8").split("\n");
  writeFileSync(record, `${first.slice(0, 20)}\n${second}\n`);
  got = [];
  await watch();
  await until(() => got.length > 0);
  await sleep(300);
  expect(got.map(([key]) => key)).toEqual([JSON.parse(first).key]);
});
