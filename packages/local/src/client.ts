import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { build } from "./build.ts";
import { type Home, homeAt } from "./home.ts";
import { isObject, type JsonObject, textMap } from "./json.ts";
import { endAtOnce, isRunning } from "./process.ts";
import { readRecord } from "./records.ts";

const daemon = fileURLToPath(new URL("./daemon.ts", import.meta.url));

/** A running daemon. */
export interface Daemon {
  readonly url: string;
  readonly pid: number;
  readonly home: Home;
  readonly build: string;
  /** `off`, `starting` or `ready`. */
  readonly spark: string;
  /** The URLs of the HTTP APIs, by pipeline. */
  readonly apis: Readonly<Record<string, string>>;
}

/** How to connect. */
export interface ConnectOptions {
  /** The home's folder; by default `$PENSTOCK_HOME`, else `.penstock` in the repository. */
  readonly home?: string;
  readonly onProgress?: (message: string) => void;
}

/** The home that commands work on unless they are told another. */
export const defaultHome = (env: NodeJS.ProcessEnv = process.env): Home =>
  homeAt(env.PENSTOCK_HOME ?? join(toolchain.repository, ".penstock"));

/**
 * Finds the home's daemon, or starts it. Any number of processes may do so at once: one daemon comes of it.
 * Throws when none is up within a minute, with the end of its log.
 */
export async function connect({ home: root, onProgress }: ConnectOptions = {}): Promise<Daemon> {
  const home = root === undefined ? defaultHome() : homeAt(root);
  let child: ChildProcess | undefined;
  for (const giveUp = Date.now() + 60_000; Date.now() < giveUp; await sleep(50)) {
    const found = await probe(home);
    if (found && (found.build === build() || (await isBusy(found)))) {
      // Another was first: ours, which may still be on its way up, is not to take over when that one ends.
      if (child && child.pid !== found.pid) child.kill("SIGKILL");
      return found;
    }
    if (found) {
      onProgress?.("The local daemon runs older code: starting it anew");
      await stop(home);
    }
    // One that ends well has found another that was there first.
    if (child && child.exitCode !== null && child.exitCode !== 0) break;
    if (child && child.exitCode === null && child.signalCode === null) continue;
    onProgress?.("Starting the local daemon");
    child = start(home);
  }
  throw new Error(`The local daemon did not start. ${daemonLog(home)} ends with:\n${tail(daemonLog(home))}`);
}

/** The home's daemon, if there is one and it answers. */
export async function probe(home: Home): Promise<Daemon | undefined> {
  const record = readRecord(home.daemonFile);
  if (typeof record?.url !== "string") return undefined;
  const health = await ask(record.url, "GET", "/penstock/health");
  if (!health || health.home !== home.root) return undefined;
  return {
    home,
    url: record.url,
    pid: Number(health.pid),
    build: String(health.build),
    spark: String(health.spark),
    apis: textMap(health, "apis"),
  };
}

/** Stops the home's daemon and waits until it is gone; false when there was none. */
export async function stop(home: Home): Promise<boolean> {
  const found = await probe(home);
  if (!found) return false;
  await ask(found.url, "POST", "/penstock/stop");
  for (const giveUp = Date.now() + 25_000; isRunning(found.pid); await sleep(20)) {
    if (Date.now() > giveUp) endAtOnce(found.pid);
  }
  return true;
}

/** What the daemon does at the moment, which counts as a sign of life from its user. */
export async function activity(found: Daemon): Promise<JsonObject> {
  return (await ask(found.url, "GET", "/penstock/activity")) ?? {};
}

async function isBusy(found: Daemon): Promise<boolean> {
  const { executions, job_runs: jobRuns } = await activity(found);
  return [executions, jobRuns].some((list) => Array.isArray(list) && list.length > 0);
}

async function ask(url: string, method: string, path: string): Promise<JsonObject | undefined> {
  try {
    const response = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(5000) });
    const answer: unknown = await response.json();
    return response.ok && isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function start(home: Home): ChildProcess {
  mkdirSync(home.logs, { recursive: true });
  const log = openSync(daemonLog(home), "a");
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("AWS_") && name !== "NODE_OPTIONS",
  );
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", daemon], {
    cwd: toolchain.repository,
    detached: true,
    stdio: ["ignore", log, log],
    env: {
      // of what the daemon takes to be up, a third is compiling; the folder is enableCompileCache's own
      NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
      ...Object.fromEntries(own),
      PENSTOCK_HOME: home.root,
      // dynalite puts these into the ARNs of its tables
      AWS_REGION: "eu-west-1",
      AWS_ACCOUNT_ID: "000000000000",
    },
  });
  closeSync(log);
  child.unref();
  return child;
}

const daemonLog = (home: Home): string => join(home.logs, "daemon.log");

function tail(path: string): string {
  return readFileSync(path, "utf8").split("\n").slice(-15).join("\n");
}
