import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Scheduler } from "./scheduler.ts";

const hour = 3_600_000;
let folder: string;
let now: number;
let ran: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-scheduler-"));
  now = Date.parse("2026-11-20T00:00:00Z");
  ran = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (...names: string[]) =>
  new Scheduler({
    folder,
    now: () => now,
    schedules: names.map((name) => ({ name, everyMs: 24 * hour, run: () => ran.push(name) })),
  });

test("a schedule runs each time that it is due, and not before", () => {
  const scheduler = open("a");
  scheduler.tick();
  now += 23 * hour;
  scheduler.tick();
  expect(ran).toEqual([]);
  now += hour;
  scheduler.tick();
  scheduler.tick();
  expect(ran).toEqual(["a"]);
});

test("what fell due while no daemon was there runs once, by the next one", () => {
  open("a");
  now += 100 * hour;
  const later = open("a", "new");
  later.tick();
  later.tick();
  expect(ran).toEqual(["a"]);
});

test("an aligned schedule is due at the multiples of its rhythm, and is told the newest of them once", () => {
  const due: string[] = [];
  const schedule = {
    name: "a",
    everyMs: 5 * 60_000,
    aligned: true,
    run: (time: Date) => due.push(time.toISOString().slice(11, 16)),
  };
  now = Date.parse("2026-11-20T10:02:00Z");
  const scheduler = new Scheduler({ folder, now: () => now, schedules: [schedule] });
  for (const clock of ["10:04:59", "10:05:03", "10:09:59", "10:10:00", "13:07:00", "13:09:00"]) {
    now = Date.parse(`2026-11-20T${clock}Z`);
    scheduler.tick();
  }
  expect(due).toEqual(["10:05", "10:10", "13:05"]);
});
