/** A disk that is full: the lake's alone, and that of the whole home, the ledger included. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { isRunning } from "@penstock/local/process.ts";
import { type Answer, openPenstock, type Penstock } from "../support/penstock.ts";
import { canMountSmallDisks, mountSmallDisk, type SmallDisk } from "../support/small-disk.ts";

jest.setTimeout(480_000);

const here = canMountSmallDisks();
if (!here) console.warn("only root on Linux can mount a small disk: what a full one does is skipped");

(here ? describe : describe.skip)("a full disk", () => {
  const rows = 20_000;
  let penstock: Penstock;
  let disk: SmallDisk;
  let input: string;
  beforeEach(async () => {
    penstock = openPenstock();
    input = join(penstock.files, "sessions.csv");
    const size = ["--rows", String(rows), "--seed", "3"];
    await penstock.run("sample", "charging-sessions", ...size, "--out", input);
  });
  afterEach(async () => {
    disk.free();
    await penstock.run("stop");
    disk.end();
    await penstock.end();
  });

  /** Room for the file and what leads to the job, and for little of what the job writes. */
  const roomForTheFile = (): number => statSync(input).size + 300_000;

  const load = (): Promise<Answer> => penstock.run("run", "charging-sessions", "--input", input, "--json");

  /** The work is finished by one run, its own, and every row is there once. */
  async function finish(): Promise<{ run_id: string; attempt: number }> {
    const [begun] = (await penstock.run("runs", "--json")).json.runs;
    const { exitCode, json } = await penstock.run("run", "charging-sessions", "--json");
    expect({ exitCode, status: json.status }).toEqual({ exitCode: 0, status: "SUCCEEDED" });
    expect(json.datasets.charging_sessions).toMatchObject({ read: rows, accepted: rows, inserted: rows });
    const sql = "SELECT count(*) AS rows, count(DISTINCT session_id) AS sessions FROM charging_sessions";
    const counted = await penstock.run("sql", sql, "--format", "json");
    expect(JSON.parse(counted.stdout)).toEqual([{ rows, sessions: rows }]);
    const { runs } = (await penstock.run("runs", "--json")).json;
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ run_id: json.run_id, status: "SUCCEEDED" });
    // one more; a full disk may have had room in what was left of a block for an attempt of its own to claim the run
    expect(runs[0].attempt).toBe(begun.attempt + 1);
    return runs[0];
  }

  test("of the lake: the run fails and says why; with room again, it goes on under its own id", async () => {
    disk = mountSmallDisk(join(penstock.home, "lake"), 24);
    await penstock.run("status");
    disk.fill(roomForTheFile());
    const { exitCode, stderr, json } = await load();
    expect({ exitCode, status: json.status }).toEqual({ exitCode: 1, status: "FAILED" });
    expect(json.error).toContain("No space left on device");
    expect(stderr).toContain("The disk is full: free some space");
    const logs = await penstock.run("logs", json.run_id, "--errors");
    expect(logs.stdout).toContain("No space left on device");
    expect(logs.stderr).toContain("The disk is full: free some space");

    disk.free();
    expect(await finish()).toMatchObject({ run_id: json.run_id, attempt: 2 });
  });

  test("of the home: a command says why and ends; with room again, the run goes on", async () => {
    disk = mountSmallDisk(penstock.home, 64);
    await penstock.run("status");
    disk.fill(roomForTheFile());
    const broken = await load();
    expect(broken.exitCode).toBe(1);
    expect(broken.stderr).toContain("The disk is full: free some space");

    disk.fill(0);
    const again = await penstock.run("run", "charging-sessions");
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain("The disk is full: free some space");

    disk.free();
    await finish();
  });

  test("of the ledger: what was not written is not taken for written, and what was is there", async () => {
    disk = mountSmallDisk(penstock.home, 64);
    await penstock.run("status");
    disk.fill(400_000);
    const daemon = daemonOf(penstock);
    const written: string[] = [];
    const failure = await (async () => {
      for (let at = 0; at < 100; at += 1) {
        const item = { pipeline: { S: "test" }, item: { S: `i${at}` }, filling: { S: "x".repeat(20_000) } };
        const { status, body } = await ask(daemon.url, "PutItem", { Item: item });
        if (status !== 200) return body;
        written.push(`i${at}`);
      }
      return "";
    })().catch((error: unknown) => String(error));
    expect(failure).not.toBe("");
    expect(failure).not.toContain("Timeout");
    expect(written.length).toBeGreaterThan(5);

    disk.free();
    await penstock.run("status");
    const next = daemonOf(penstock);
    expect(next.pid === daemon.pid || !isRunning(daemon.pid)).toBe(true);
    for (const item of written) {
      const key = { pipeline: { S: "test" }, item: { S: item } };
      const { body } = await ask(next.url, "GetItem", { Key: key });
      expect(JSON.parse(body).Item).toMatchObject(key);
    }
  });
});

const daemonOf = (penstock: Penstock): { pid: number; url: string } =>
  JSON.parse(readFileSync(join(penstock.home, "daemon.json"), "utf8"));

/** Asks the ledger's table; throws when the daemon goes away, or answers nothing within ten seconds. */
async function ask(url: string, operation: string, input: object): Promise<{ status: number; body: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20261120T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local",
    },
    body: JSON.stringify({ TableName: "penstock-local-ledger", ...input }),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.text() };
}
