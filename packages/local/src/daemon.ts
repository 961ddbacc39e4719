/**
 * The local daemon's entry point: `node daemon.ts`, with PENSTOCK_HOME. Started by client.ts when there is none;
 * the one owner of its home until it is stopped, killed, or has been idle for long.
 *
 * It heeds these variables: PENSTOCK_IDLE_SECONDS, after which it ends (600); PENSTOCK_SPARK=lazy, not to start Spark
 * before a job needs it; PENSTOCK_SCHEDULES=off, to run nothing that the clock starts, as in the tests, where no data
 * may come by itself; PENSTOCK_FAULTS (see fault-points.ts).
 */
import { existsSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { local } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { activity, isBusy } from "./activity.ts";
import { build } from "./build.ts";
import { probe } from "./client.ts";
import { isOfFullDisk } from "./disk-full.ts";
import { functionsKey } from "./environment.ts";
import { type FunctionTarget, objectTargets } from "./event-targets.ts";
import { homeAt, makeHome } from "./home.ts";
import type { JsonObject } from "./json.ts";
import { takeOwnership } from "./ownership.ts";
import { machineArn, repository } from "./pipeline-services.ts";
import { writeRecord } from "./records.ts";
import { S3Events } from "./s3-events.ts";
import { Scheduler } from "./scheduler.ts";
import { schedulesOf } from "./schedules.ts";
import { openServices } from "./services.ts";
import { endpointsOf } from "./wire/endpoints.ts";
import { startServer } from "./wire/server.ts";

const home = homeAt(process.env.PENSTOCK_HOME ?? ".penstock");
const idleMs = Number(process.env.PENSTOCK_IDLE_SECONDS ?? 600) * 1000;
const startedAt = new Date().toISOString();
const code = build();

const log = (message: string): void => console.log(`${new Date().toISOString()} ${message}`);

process.on("unhandledRejection", (reason) => {
  log(`unhandled: ${reason instanceof Error ? reason.stack : reason}`);
  // What it could not write down it would not know again: it ends as if killed, and the next goes on from the disk.
  if (isOfFullDisk(reason)) process.exit(1);
});

const release = await become();
const registry = pathToFileURL(join(repository, "packages", "pipelines", "registry.ts")).href;
const { pipelines }: { pipelines: readonly Pipeline[] } = await import(registry);
makeHome(home);
let url = "";
let lastRequest = Date.now();
const services = await openServices(home, pipelines, {
  endpoint: () => url,
  onRequest: () => {
    lastRequest = Date.now();
  },
  log,
});
const control = {
  "GET /penstock/health": () => ({ ...about(), spark: services.spark.status }),
  "GET /penstock/activity": () => activity(services),
  "POST /penstock/stop": () => {
    setImmediate(() => void end("asked to stop"));
    return { stopping: true };
  },
};
const endpoints = endpointsOf(services, control, () => url);
const started = await startServer(endpoints, (path, request) => {
  if (path !== "/penstock/health" && !isOfFunction(request)) lastRequest = Date.now();
});
url = started.url;

const events = new S3Events({
  lake: home.lake,
  bucket: "penstock-local",
  account: local.account,
  region: local.region,
  record: join(home.events, "delivered.ndjson"),
  settleMs: 400,
  delayMs: 600,
  deliver,
  onError: log,
});

const scheduler = new Scheduler({
  folder: home.events,
  now: Date.now,
  schedules: pipelines.flatMap((pipeline) =>
    schedulesOf(pipeline, {
      machine: (name, input) => log(`schedule: ${startMachine(name, input)}`),
      function: (target, event) => invokeLater(target, event, true),
    }),
  ),
});
const hasSchedules = process.env.PENSTOCK_SCHEDULES !== "off";

let ending: Promise<void> | undefined;
process.on("SIGTERM", () => void end("SIGTERM"));
process.on("SIGINT", () => void end("SIGINT"));
writeRecord(home.daemonFile, about());
log(`up at ${url}, process ${process.pid}`);
services.stepFunctions.goOn();
services.eventQueue.start();
await events.start();
if (process.env.PENSTOCK_SPARK !== "lazy") warmUp().catch((error: unknown) => log(String(error)));

if (hasSchedules) scheduler.tick();
setInterval(
  () => {
    if (hasSchedules) scheduler.tick();
    if (isBusy(services)) lastRequest = Date.now();
    if (Date.now() - lastRequest > idleMs) void end("idle");
    else if (!existsSync(home.daemonFile)) void end("its home is gone");
  },
  Math.min(5000, idleMs / 4),
).unref();

/** Starts what takes seconds before anybody waits for it: Spark first, then DuckDB, which the runs need last. */
async function warmUp(): Promise<void> {
  await services.spark.jvm();
  await services.athena.warmUp();
}

/** Waits for a predecessor that is on its way out; ends this process when there is a daemon already. */
async function become(): Promise<() => void> {
  for (const giveUp = Date.now() + 30_000; Date.now() < giveUp; await sleep(100)) {
    const owned = takeOwnership(home.ownerLock);
    if (owned) return owned;
    if (await probe(home)) process.exit(0);
  }
  log("another process owns this home and does not answer");
  process.exit(1);
}

function about() {
  const apis = services.apiGateway.urls;
  return { pid: process.pid, url, home: home.root, started_at: startedAt, build: code, apis };
}

function startMachine(pipeline: string, input: JsonObject): string {
  return services.stepFunctions.start(machineArn(pipeline), JSON.stringify(input)).arn;
}

function invokeLater({ name, deadLetters }: FunctionTarget, event: JsonObject, unattended: boolean): void {
  services.eventQueue.accept({ function: name, payload: JSON.stringify(event), deadLetters, unattended });
}

/** An event goes to all that a rule names; it is theirs when this returns. */
function deliver(key: string, event: JsonObject, putAt: number): void {
  const { machines, functions } = objectTargets(pipelines, key);
  for (const name of machines) log(`object ${key}: ${startMachine(name, event)}`);
  for (const target of functions) invokeLater(target, event, services.eventQueue.wasByClock(putAt));
}

/** What the clock started talks to the daemon too, and is no reason to stay up. */
function isOfFunction({ headers }: IncomingMessage): boolean {
  return headers.authorization?.includes(`Credential=${functionsKey}/`) ?? false;
}

/** Ends everything in order: what starts work first, what keeps state last. */
function end(why: string): Promise<void> {
  ending ??= (async () => {
    log(`ending: ${why}`);
    rmSync(home.daemonFile, { force: true });
    setTimeout(() => process.exit(1), 20_000).unref();
    await events.close();
    await services.stepFunctions.close("The local daemon was stopped.");
    await services.glue.close();
    services.eventQueue.close();
    services.apiGateway.close();
    started.server.close();
    started.server.closeAllConnections();
    services.lambda.close();
    await services.spark.close();
    await services.dynamoDb.close();
    release();
    log("ended");
    process.exit(0);
  })();
  return ending;
}
