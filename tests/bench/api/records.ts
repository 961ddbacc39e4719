import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { awsEnvironment } from "@penstock/local/environment.ts";
import { at } from "@penstock/steps/api/testing/api.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import autocannon from "autocannon";
import { type Figure, median, seconds } from "../measure.ts";
import { recordedPages } from "./recorded-pages.ts";

/** A month of one site: five minutes each. */
const readings = 8640;
const times = 3;
/** Requests of a round; all are answered before the other's begins. */
const requests = 64;
const connections = 8;

/** Records of a month, compressed, against the peer over the same stub, in turn; one process each. */
export async function monthOfRecords(say: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const pages = join(folder, "pages.json");
  writeFileSync(pages, JSON.stringify(await recordedPages(readings)));
  const here = import.meta.dirname;
  const stub = await started(process.execPath, [join(here, "stub.ts"), pages], {});
  const environment = awsEnvironment(stub.url);
  const ours = await started(process.execPath, [join(here, "ours.ts")], environment);
  const peer = await started(toolchain.python, [join(here, "peer.py")], environment);
  const [rates, latencies]: [number[][], number[][]] = [[], []];
  try {
    await assertSame(ours.url, peer.url);
    for (let round = 0; round <= times; round++) {
      const [us, them] = [await load(ours.url), await load(peer.url)];
      // the first round warms both
      if (round === 0) continue;
      rates.push([us.rate, them.rate]);
      latencies.push([us.p99, them.p99]);
      say(
        `  round ${round}: ${us.rate.toFixed(1)} against ${them.rate.toFixed(1)} requests/s, p99 ${us.p99} against ${them.p99} ms`,
      );
    }
  } finally {
    for (const server of [ours, peer, stub]) server.end();
    rmSync(folder, { recursive: true, force: true });
  }
  const middle = (pairs: readonly number[][], of: 0 | 1) =>
    median(pairs.map((pair) => pair[of] ?? Number.NaN));
  const ratio = median(rates.map(([us = Number.NaN, them]) => us / (them ?? Number.NaN)));
  const [slowest, theirs] = [middle(latencies, 0), middle(latencies, 1)];
  return [
    {
      what: "API, 30 days of one site (8,640 records, compressed), requests per second against FastAPI with uvicorn and boto3 on the same recorded pages, one process each",
      measured: `${ratio.toFixed(1)} times (${middle(rates, 0).toFixed(0)} against ${middle(rates, 1).toFixed(0)})`,
      bound: "at least 2 times",
      met: ratio >= 2,
    },
    {
      what: "the same, p99",
      measured: `${slowest.toFixed(0)} ms against ${theirs.toFixed(0)} ms`,
      bound: "not worse",
      met: slowest <= theirs,
    },
  ];
}

const path = `/records/site-alpha?start=${at(0)}&end=${at(readings)}`;
const headers = { "accept-encoding": "gzip" };

/** Requests per second, and the milliseconds that 99 in a hundred took no longer than. */
async function load(url: string): Promise<{ readonly rate: number; readonly p99: number }> {
  let p99 = 0;
  const taken = await seconds(async () => {
    const result = await autocannon({ url: `${url}${path}`, connections, amount: requests, headers });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} failed under load`);
    p99 = result.latency.p99;
  });
  return { rate: requests / taken, p99 };
}

/** What is compared must answer the same, compressed. */
async function assertSame(ours: string, peer: string): Promise<void> {
  const answers = [ours, peer].map(async (url) => {
    const response = await fetch(`${url}${path}`, { headers });
    if (response.headers.get("content-encoding") !== "gzip") throw new Error(`${url} does not compress`);
    return JSON.stringify(await response.json());
  });
  const [us, them] = await Promise.all(answers);
  if (us !== them) throw new Error("the peer answers something else");
}

interface Started {
  readonly url: string;
  readonly end: () => void;
}

/** A server that says its port on its first line. */
async function started(
  command: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Started> {
  const server = spawn(command, argv, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(server.stdout);
  const [port] = (await Promise.race([once(lines, "line"), once(server, "exit")])) as unknown[];
  if (typeof port !== "string") throw new Error(`${argv[0]} did not start`);
  return { url: `http://127.0.0.1:${port}`, end: () => server.kill("SIGKILL") };
}
