import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Sqs } from "./sqs.ts";

let folder: string;
let now: number;
let sqs: Sqs;
const open = () => new Sqs({ queues: ["letters", "others"], folder, now: () => now });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-sqs-"));
  now = Date.parse("2026-11-20T00:00:00Z");
  sqs = open();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const receive = (most = 10, seconds = 30) => sqs.receive("letters", most, seconds);

test("messages come in the order in which they were sent, and are counted", () => {
  for (const body of ["a", "b", "c"]) sqs.send("letters", body);
  expect(receive(2).map(({ body }) => body)).toEqual(["a", "b"]);
  expect(sqs.counts("letters")).toEqual({ visible: 1, received: 2, delayed: 0 });
  expect(sqs.counts("others")).toEqual({ visible: 0, received: 0, delayed: 0 });
});

test("a message that is not deleted comes again when its time is up, and its old handle deletes nothing", () => {
  sqs.send("letters", "a");
  const [first] = receive();
  expect(receive()).toEqual([]);
  now += 30_000;
  const [second] = receive();
  expect(second).toMatchObject({ body: "a", receives: 2, first_received_at: first?.first_received_at });
  sqs.delete("letters", String(first?.handle));
  expect(sqs.counts("letters").received).toBe(1);
  sqs.delete("letters", String(second?.handle));
  sqs.delete("letters", String(second?.handle));
  now += 30_000;
  expect(receive()).toEqual([]);
});

test("a message that is sent with a delay comes after it", () => {
  sqs.send("letters", "later", {}, 5);
  expect(receive()).toEqual([]);
  expect(sqs.counts("letters").delayed).toBe(1);
  now += 5000;
  expect(receive()).toHaveLength(1);
});

test("the next one that opens the folder finds everything as it was", () => {
  for (const body of ["a", "b", "c"])
    sqs.send("letters", body, { kind: { DataType: "String", StringValue: body } });
  const [a] = receive(1);
  receive(1);
  sqs.delete("letters", String(a?.handle));
  sqs = open();
  expect(receive().map(({ body, attributes }) => [body, attributes])).toEqual([
    ["c", { kind: { DataType: "String", StringValue: "c" } }],
  ]);
  now += 30_000;
  expect(receive().map(({ body, receives }) => [body, receives])).toEqual([
    ["b", 2],
    ["c", 2],
  ]);
});

test("what SQS refuses is refused", () => {
  expect(() => sqs.send("nowhere", "a")).toThrow(/does not exist: nowhere; there are: letters, others/);
  expect(() => sqs.send("letters", "")).toThrow("Message body must not be empty.");
  expect(() => sqs.send("letters", "ü".repeat(524_289))).toThrow(/must be shorter than 1048576 bytes/);
  expect(() => sqs.delete("letters", "bm8=")).toThrow('The input receipt handle "bm8=" is not valid.');
});
