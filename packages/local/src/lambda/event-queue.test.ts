import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { JsonObject } from "../json.ts";
import { EventQueue, type EventQueueOptions } from "./event-queue.ts";

let folder: string;
let queue: EventQueue;
let letters: [string, JsonObject][];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-events-"));
  letters = [];
});
afterEach(() => {
  queue.close();
  rmSync(folder, { recursive: true, force: true });
});

type Invoke = EventQueueOptions["invoke"];

function open(invoke: Invoke): void {
  queue = new EventQueue({
    folder,
    invoke,
    arn: (name) => `arn:${name}`,
    discard: (name, record) => letters.push([name, record]),
    pausesMs: [10, 20],
    onError: (message) => {
      throw new Error(message);
    },
  });
  queue.start();
}

const ended = (failed: boolean, answer: object = {}) => ({
  requestId: "r",
  failed,
  payload: JSON.stringify(answer),
  log: [],
});

const accept = (event: object, more: { function?: string; unattended?: boolean } = {}): string =>
  queue.accept({
    function: "process",
    payload: JSON.stringify(event),
    deadLetters: "letters",
    unattended: false,
    ...more,
  });

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await sleep(5);
  expect(holds()).toBe(true);
}

const isIdle = () => queue.pending.attended + queue.pending.unattended === 0;

test("events are taken in their order, four at a time, and leave nothing behind", async () => {
  const began: number[] = [];
  let running = 0;
  let most = 0;
  open(async (_, event) => {
    began.push(JSON.parse(event).n);
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
    return ended(false);
  });
  for (let n = 0; n < 20; n++) accept({ n });
  expect(readdirSync(folder)).toHaveLength(20);
  await until(isIdle);
  expect(began).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(most).toBe(4);
  expect(readdirSync(folder)).toEqual([]);
});

test("one that fails is tried twice more after pauses, and then lies among the dead letters as Lambda's record", async () => {
  const tries: number[] = [];
  open(async () => {
    tries.push(Date.now());
    return ended(true, { errorType: "Throttled", errorMessage: "not now" });
  });
  const requestId = accept({ key: "raw/a.json" });
  await until(isIdle);
  expect(tries).toHaveLength(3);
  const [first = 0, second = 0, third = 0] = tries;
  expect(second - first).toBeGreaterThanOrEqual(9);
  expect(third - second).toBeGreaterThanOrEqual(19);
  expect(letters).toEqual([
    [
      "letters",
      {
        version: "1.0",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        requestContext: {
          requestId,
          functionArn: "arn:process:$LATEST",
          condition: "RetriesExhausted",
          approximateInvokeCount: 3,
        },
        requestPayload: { key: "raw/a.json" },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: { errorType: "Throttled", errorMessage: "not now" },
      },
    ],
  ]);
});

test("one that fails once is done; so is one whose function is not there at first", async () => {
  let tries = 0;
  open(async () => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error("no bundle"), { name: "ResourceNotFoundException" });
    return ended(tries === 2);
  });
  accept({});
  await until(isIdle);
  expect(tries).toBe(3);
  expect(letters).toEqual([]);
});

test("the next one takes up what is left, with the attempts that it has had; ended with the daemon is no attempt", async () => {
  let tries = 0;
  const endings: (() => void)[] = [];
  open(async () => {
    tries += 1;
    if (tries === 1) return ended(true);
    // under way until the daemon kills its sandbox
    await new Promise<void>((resolve) => endings.push(resolve));
    return ended(true);
  });
  accept({ n: 1 });
  await until(() => tries === 2);
  queue.close();
  for (const end of endings) end();
  await sleep(10);
  expect(readdirSync(folder)).toHaveLength(1);

  open(async () => {
    tries += 1;
    return ended(true);
  });
  await until(isIdle);
  expect(tries).toBe(4);
  expect(letters).toHaveLength(1);
});

test("what the clock started is told apart, and so is what was put while it was under way", async () => {
  let end = () => {};
  open(async (name, _, unattended) => {
    expect(unattended).toBe(name === "simulate");
    if (name === "simulate") await new Promise<void>((resolve) => (end = resolve));
    return ended(false);
  });
  const before = Date.now() - 1000;
  accept({}, { function: "simulate", unattended: true });
  expect(queue.pending).toEqual({ attended: 0, unattended: 1 });
  expect([queue.wasByClock(before), queue.wasByClock(Date.now())]).toEqual([false, true]);
  const during = Date.now();
  end();
  await until(isIdle);
  accept({});
  await until(isIdle);
  expect([queue.wasByClock(during), queue.wasByClock(Date.now() + 1000)]).toEqual([true, false]);
});
