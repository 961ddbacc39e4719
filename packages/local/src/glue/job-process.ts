import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type FaultPoints, noFaults } from "../fault-points.ts";
import { isObject } from "../json.ts";
import { eachLine, type LogFile } from "../log.ts";
import type { SparkHost } from "./spark-host.ts";

const runner = fileURLToPath(new URL("../../python/job_runner.py", import.meta.url));

/** One script to run in a process of its own, attached to the warm JVM. */
export interface JobProcess {
  readonly python: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly script: string;
  readonly argv: readonly string[];
  /** Names the run in Spark, so that what it started can be cancelled. */
  readonly group: string;
  readonly log: LogFile;
  /** Aborted to end the process before it ends by itself. */
  readonly signal: AbortSignal;
  readonly faults?: FaultPoints;
}

/** How a process ended: `undefined` when the script succeeded, else why it did not, in one text. */
export type JobEnd = string | undefined;

/**
 * Runs the script and waits until neither the process nor anything that it started in the JVM runs any more.
 * Failures of the script are results. Throws when Spark can't be started.
 */
export async function runJobProcess(spark: SparkHost, job: JobProcess): Promise<JobEnd> {
  const jvm = await spark.jvm();
  if (job.signal.aborted) return "stopped before it began";
  const child = spawn(job.python, ["-u", runner], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    env: {
      ...job.environment,
      PYSPARK_GATEWAY_PORT: String(jvm.port),
      PYSPARK_GATEWAY_SECRET: jvm.secret,
    },
  });
  const { faults = noFaults } = job;
  const gone = faults.born("job", child.pid);
  const threads: number[] = [];
  let error: string | undefined;
  const lastLines: string[] = [];
  const say = (stream: "stdout" | "stderr") => (message: string) => {
    job.log.write({ time: new Date().toISOString(), stream, message });
    faults.said(message);
    if (stream !== "stderr" || message.trim() === "") return;
    lastLines.push(message);
    if (lastLines.length > 5) lastLines.shift();
  };
  const reads = [
    eachLine(child.stdout, say("stdout")),
    eachLine(child.stderr, say("stderr")),
    eachLine(child.stdio[3] as Readable, (line) => {
      const message: unknown = JSON.parse(line);
      if (!isObject(message)) return;
      if (message.event === "attached") threads.push(Number(message.thread));
      if (message.event === "failed") error = String(message.error);
    }),
  ];
  let jvmGone: string | undefined;
  void jvm.gone.then((why) => {
    jvmGone = why;
    // Without its JVM the script can only fail; it need not find that out by itself.
    setTimeout(() => child.kill("SIGKILL"), 1000).unref();
  });
  const stop = () => child.kill("SIGKILL");
  job.signal.addEventListener("abort", stop);
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify({ script: job.script, argv: job.argv, group: job.group })}\n`);
  const end = await new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("error", (failure) => {
      error = failure.message;
      resolve({ code: 127, signal: null });
    });
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  gone();
  job.signal.removeEventListener("abort", stop);
  await Promise.race([Promise.all(reads), sleep(500)]);
  if (threads.length > 0) await spark.drain(job.group, threads, jvm);
  if (end.code === 0) return undefined;
  // The script notices a dead JVM before the daemon hears of it.
  await Promise.race([jvm.gone, sleep(looksLikeDeadJvm(error) ? 2000 : 0)]);
  if (jvmGone !== undefined)
    return `Spark's JVM ended during the run: ${jvmGone}. The next run starts a new one.`;
  if (error !== undefined) return error;
  const how = end.signal ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  return [`The job's process ${how}.`, ...lastLines].join("\n");
}

function looksLikeDeadJvm(error: string | undefined): boolean {
  return (
    error !== undefined &&
    /Py4JNetworkError|Py4JError|Connection(Refused|Reset)|Connection refused/.test(error)
  );
}
