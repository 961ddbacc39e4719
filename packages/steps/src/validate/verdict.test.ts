/** Verdicts about files: what the job says of them too is in cases that both are tested by. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import type { Objects } from "@penstock/lake/objects.ts";
import type { ManifestFile } from "@penstock/lake/report.ts";
import type { Profile } from "@penstock/workflows/pipeline.ts";
import { verdict } from "./verdict.ts";

interface Case {
  readonly name: string;
  readonly path: string;
  readonly text?: string;
  readonly base64?: string;
  readonly status: string;
  readonly profile: string | null;
  readonly reason: string | null;
}

/** The job's test of them is glue-scripts/tests/test_arrival_cases.py. */
const shared = JSON.parse(
  await readFile(join(import.meta.dirname, "../../../../glue-scripts/tests/arrival_cases.json"), "utf8"),
) as { prefix: string; profiles: Omit<Profile, "datasets">[]; cases: Case[] };
const profiles = shared.profiles.map((profile): Profile => ({ ...profile, datasets: [] }));
const facts = { prefix: shared.prefix, profiles };

const folder = await mkdtemp(join(tmpdir(), "penstock-validate-"));
afterAll(() => rm(folder, { recursive: true }));
const objects = fileObjects(folder);

async function dropped(path: string, content: Uint8Array | string): Promise<ManifestFile> {
  const key = `${shared.prefix}${path}`;
  await objects.write(key, content);
  const head = await objects.head(key);
  if (head === null) throw new Error(`no ${key}`);
  return { ...head, modified: head.modified.toISOString(), lies_at: key, url: objects.url(key) };
}

const judge = async (path: string, content: Uint8Array | string) =>
  await verdict(await dropped(path, content), facts, objects);

describe("the job and validate say the same of", () => {
  test.each(shared.cases.map((each) => [each.name, each] as const))("%s", async (_, each) => {
    const content = each.base64 === undefined ? (each.text ?? "") : Buffer.from(each.base64, "base64");
    const { status, profile, reason } = each;
    expect(await judge(each.path, content)).toEqual({ status, profile, reason });
  });
});

const header = "id,kind,amount,seen,version,person";
const many = (row: string, times: number): string => `${header}\n${`${row}\n`.repeat(times)}`;

describe("the first rows", () => {
  const noRow = (rows: number) => ({
    status: "rejected",
    profile: "plain",
    reason: `none of its first ${rows} rows has the 6 fields of its header; mend its separators or its header`,
  });

  test("reject a file when none of them is of its header", async () => {
    expect(await judge("a.csv", many("a;b;c;d;e;f", 3))).toEqual(noRow(3));
    expect(await judge("a.csv", many("a,b,c,d,e,f,g", 99))).toEqual(noRow(50));
    expect(await judge("a.csv.gz", gzipSync(many('a,b,c,d,e,"f', 9)))).toEqual(noRow(9));
  });

  test("let it pass as soon as one is", async () => {
    expect((await judge("a.csv", `${many("a;b", 49)}a,b,c,d,e,f\n`)).status).toBe("accepted");
    expect((await judge("a.csv", `${many("a;b", 3)}"a, ""b""",,,,,\n`)).status).toBe("accepted");
    expect((await judge("a.csv", many("\xff,b,c,d,e,f", 3))).status).toBe("accepted");
  });

  test("are whole records where these may span lines", async () => {
    const remark = '1,"one\n\ntwo, three"\n';
    expect((await judge("a.csv", `remark id,Straße\n${remark.repeat(3)}`)).status).toBe("accepted");
    expect((await judge("a.csv", `remark id,Straße\n${"1,2,3\n".repeat(3)}`)).status).toBe("rejected");
  });
});

test("no more than the beginning of a file is looked at", async () => {
  expect((await judge("a.csv", many("a,b,c,d,e,f", 20_000))).status).toBe("accepted");
  // 64 MiB of zeros, which the job is to judge
  const bomb = gzipSync(Buffer.concat([Buffer.from(`${header}\n`), Buffer.alloc(64 << 20)]));
  expect((await judge("bomb.csv.gz", bomb)).status).toBe("accepted");
  const cut = gzipSync(Buffer.from(many("a,b,c,d,e,f", 5)), { level: 0 });
  expect((await judge("cut.csv.gz", cut.subarray(0, -9))).reason).toMatch(/^truncated gzip/);
  let noise = header;
  for (let at = 0; at < 30_000; at += 1)
    noise += `\n${at},${(at * 7919) % 9973},${(at * 104_729) % 99_991},,1,`;
  const zipped = gzipSync(noise);
  expect(zipped.byteLength).toBeGreaterThan(1 << 17);
  expect(await judge("large.csv.gz", zipped.subarray(0, -9))).toMatchObject({
    status: "accepted",
    profile: "plain",
  });
});

test("a header longer than what is looked at is the job's to judge", async () => {
  expect(await judge("a.csv", "x".repeat(99_999))).toEqual({
    status: "accepted",
    profile: null,
    reason: null,
  });
});

test("a file that is gone or another by now is rejected saying so", async () => {
  const gone = await dropped("gone.csv", many("a,b,c,d,e,f", 1));
  await objects.delete(gone.key);
  expect(await verdict(gone, facts, objects)).toEqual({
    status: "rejected",
    profile: null,
    reason: "it is gone: deleted after the run was planned",
  });
  const grown = await dropped("grown.csv", `${header}\n`);
  await objects.write(grown.key, many("a,b,c,d,e,f", 1));
  expect((await verdict(grown, facts, objects)).reason).toBe(
    `its content changed after the run was planned: found 47 bytes, expected 35 with ${grown.hash.slice(0, 19)}…; the next run takes the new one`,
  );
});

test("where there are versions the claimed one is looked at, whatever became of the key", async () => {
  const file = { ...(await dropped("versioned.csv", "what\n")), version: "v1" };
  const asked: unknown[] = [];
  const versioned: Objects = {
    ...objects,
    async *stream(key, version) {
      asked.push([key, version]);
      yield Buffer.from(many("a,b,c,d,e,f", 2));
    },
  };
  expect((await verdict(file, facts, versioned)).status).toBe("accepted");
  await objects.delete(file.key);
  expect((await verdict(file, facts, versioned)).status).toBe("accepted");
  const away = "archive/small/run=r1/versioned.csv";
  expect((await verdict({ ...file, lies_at: away }, facts, versioned)).status).toBe("accepted");
  expect(asked).toEqual([
    [file.key, "v1"],
    [file.key, "v1"],
    [away, null],
  ]);
});

test("what was put away is read where it lies", async () => {
  const file = await dropped("moved.csv", many("a,b,c,d,e,f", 2));
  await objects.copy(file, "archive/small/run=r1/moved.csv");
  await objects.delete(file.key);
  const moved = { ...file, lies_at: "archive/small/run=r1/moved.csv" };
  expect((await verdict(moved, facts, objects)).status).toBe("accepted");
});
