/**
 * The local daemon's entry point: `node daemon.ts`, with PENSTOCK_HOME. Started by client.ts when there is none;
 * the one owner of its home until it is stopped, killed, or has been idle for long.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { local } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { build } from "./build.ts";
import { probe } from "./client.ts";
import { homeAt, makeHome } from "./home.ts";
import type { JsonObject } from "./json.ts";
import { takeOwnership } from "./ownership.ts";
import { machineArn, repository } from "./pipeline-services.ts";
import { writeRecord } from "./records.ts";
import { S3Events } from "./s3-events.ts";
import { Scheduler } from "./scheduler.ts";
import { openServices, type Services } from "./services.ts";
import { athenaApi } from "./wire/athena.ts";
import { cloudWatchLogsApi } from "./wire/cloudwatch-logs.ts";
import { glueApi } from "./wire/glue.ts";
import { secretsManagerApi } from "./wire/secrets-manager.ts";
import { startServer } from "./wire/server.ts";
import { snsApi } from "./wire/sns.ts";
import { stepFunctionsApi } from "./wire/step-functions.ts";
import { stsApi } from "./wire/sts.ts";

const milliseconds = { hourly: 3_600_000, daily: 86_400_000, weekly: 7 * 86_400_000 } as const;
const home = homeAt(process.env.PENSTOCK_HOME ?? ".penstock");
const idleMs = Number(process.env.PENSTOCK_IDLE_SECONDS ?? 600) * 1000;
const startedAt = new Date().toISOString();
const code = build();

const log = (message: string): void => console.log(`${new Date().toISOString()} ${message}`);

process.on("unhandledRejection", (reason) =>
  log(`unhandled: ${reason instanceof Error ? reason.stack : reason}`),
);

const release = await become();
const registry = pathToFileURL(join(repository, "packages", "pipelines", "registry.ts")).href;
const { pipelines }: { pipelines: readonly Pipeline[] } = await import(registry);
makeHome(home);
let url = "";
let lastRequest = Date.now();
const services = await openServices(home, pipelines, () => url);
const control = {
  "GET /penstock/health": () => ({ ...about(), spark: services.spark.status }),
  "GET /penstock/activity": () => activity(services),
  "POST /penstock/stop": () => {
    setImmediate(() => void end("asked to stop"));
    return { stopping: true };
  },
};
const started = await startServer(
  {
    control,
    lambda: services.lambda,
    dynamoDb: services.dynamoDb,
    json: [
      stepFunctionsApi(services.stepFunctions, (machine) => machineArnOf(machine)),
      glueApi(services.glue, services.catalogue),
      athenaApi(services.athena),
      cloudWatchLogsApi(services.logs),
      secretsManagerApi(services.secrets),
    ],
    query: [snsApi(services.sns), stsApi(local.account)],
  },
  (path) => {
    if (path !== "/penstock/health") lastRequest = Date.now();
  },
);
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
  schedules: pipelines.flatMap(({ name, trigger }) => {
    const start = (input: JsonObject): void => {
      const { arn } = services.stepFunctions.start(machineArn(name), JSON.stringify(input));
      log(`schedule: ${arn}`);
    };
    return [
      { name: `${name} sweep`, everyMs: milliseconds[trigger.sweep], run: () => start({}) },
      {
        name: `${name} maintenance`,
        everyMs: milliseconds[trigger.maintenance],
        run: () => start({ work: { kind: "maintain" } }),
      },
    ];
  }),
});

let ending: Promise<void> | undefined;
process.on("SIGTERM", () => void end("SIGTERM"));
process.on("SIGINT", () => void end("SIGINT"));
writeRecord(home.daemonFile, about());
log(`up at ${url}, process ${process.pid}`);
await events.start();
if (process.env.PENSTOCK_SPARK !== "lazy") warmUp().catch((error: unknown) => log(String(error)));

scheduler.tick();
setInterval(
  () => {
    scheduler.tick();
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
    const owned = takeOwnership(join(home.root, "owner.lock"));
    if (owned) return owned;
    if (await probe(home)) process.exit(0);
  }
  log("another process owns this home and does not answer");
  process.exit(1);
}

function about() {
  return { pid: process.pid, url, home: home.root, started_at: startedAt, build: code };
}

function machineArnOf(machine: string): string {
  const found = services.stepFunctions.machines().find(({ name }) => name === machine);
  return found?.arn ?? machineArn(machine);
}

/** EventBridge's rules: an event goes to each pipeline whose prefix its key has. */
function deliver(key: string, event: JsonObject): void {
  for (const pipeline of pipelines.filter(({ trigger }) => key.startsWith(trigger.prefix))) {
    const { arn } = services.stepFunctions.start(machineArn(pipeline.name), JSON.stringify(event));
    log(`object ${key}: ${arn}`);
  }
}

function activity({ stepFunctions, glue, athena, lambda, spark }: Services) {
  return {
    executions: stepFunctions.active(),
    job_runs: glue.active(),
    queries: athena.active,
    invocations: lambda.active,
    spark: spark.status,
  };
}

function isBusy(all: Services): boolean {
  const { executions, job_runs, queries, invocations } = activity(all);
  return executions.length + job_runs.length + queries + invocations > 0;
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
