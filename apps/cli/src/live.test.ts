import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { homeAt } from "@penstock/local/home.ts";
import { writeRecord } from "@penstock/local/records.ts";
import { seenOn } from "./live.ts";
import type { Laptop } from "./session/laptop.ts";

const home = homeAt(mkdtempSync(join(tmpdir(), "penstock-live-")));
afterAll(() => rmSync(home.root, { recursive: true, force: true }));

const notices = async () => [...(await seenOn({ home, pipelines: [] } as unknown as Laptop)).notices];

test("a notice is told once it is whole: what a daemon is writing, or was killed while it wrote, is none", async () => {
  expect(await notices()).toEqual([]);
  const whole = join(home.inbox, "2026-11-20.json");
  writeRecord(whole, { Subject: "charging-sessions: 9 rows in" });
  writeFileSync(join(home.inbox, "2026-11-21.json.123.unfinished"), '{ "Subj');
  expect(await notices()).toEqual([whole]);
});
