import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type FaultPoints, noFaults } from "../fault-points.ts";
import { isObject } from "../json.ts";
import { eachLine } from "../log.ts";
import { isRunning } from "../process.ts";
import { readRecord, writeRecord } from "../records.ts";

const script = fileURLToPath(new URL("../../python/spark_host.py", import.meta.url));
const startSeconds = 120;

/** What it takes to start Spark. */
export interface SparkHostOptions {
  readonly python: string;
  /** Environment of the host and of the jobs: JAVA_HOME, SPARK_HOME and the like. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** Spark's settings, made at each start. */
  readonly options: () => Readonly<Record<string, string>>;
  /** Spark's scratch folder, emptied at each start. */
  readonly scratch: string;
  /** Remembers the JVM over a `kill -9` of the daemon. */
  readonly record: string;
  readonly log: string;
  readonly faults?: FaultPoints;
}

/** A JVM that jobs can attach to. */
export interface SparkJvm {
  readonly port: number;
  readonly secret: string;
  readonly pid: number;
  /** Resolves with why, when this JVM is gone. */
  readonly gone: Promise<string>;
}

/** The one warm JVM of a home: started when first needed, and again after it died. */
export class SparkHost {
  private readonly options: SparkHostOptions;
  private readonly events = new EventEmitter();
  private starting: Promise<SparkJvm> | undefined;
  private child: ChildProcess | undefined;
  /** Where it stands, for people: `off`, `starting`, `ready`. */
  status: "off" | "starting" | "ready" = "off";

  constructor(options: SparkHostOptions) {
    this.options = options;
    this.events.setMaxListeners(0);
  }

  /** The running JVM; starts one if there is none. Throws when Spark can't be started. */
  jvm(): Promise<SparkJvm> {
    this.starting ??= this.start().catch((error: unknown) => {
      this.ended();
      throw error;
    });
    return this.starting;
  }

  /** Waits until nothing runs any more of a job whose process has ended. Kills the JVM if it does not stop. */
  async drain(group: string, threads: readonly number[], jvm: SparkJvm): Promise<void> {
    const child = this.child;
    if (!child?.stdin?.writable || !isRunning(jvm.pid)) return;
    child.stdin.write(`${JSON.stringify({ command: "drain", group, threads })}\n`);
    const answer = once(this.events, `drained ${group}`).then(([done]) => done === true);
    const drained = await Promise.race([
      answer,
      jvm.gone.then(() => true),
      sleep(25_000, false, { ref: false }),
    ]);
    // Two writers on one table would lose commits: better no JVM than one that still writes for a dead job.
    if (!drained) this.kill(jvm);
  }

  /** Ends the JVM. */
  async close(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const jvm = await this.starting?.catch(() => undefined);
    child.stdin?.end();
    if (jvm) this.kill(jvm);
    if (child.exitCode === null)
      await Promise.race([once(child, "exit"), sleep(2000, undefined, { ref: false })]);
    child.kill("SIGKILL");
  }

  private kill(jvm: SparkJvm): void {
    if (isRunning(jvm.pid)) process.kill(jvm.pid, "SIGKILL");
  }

  private async start(): Promise<SparkJvm> {
    this.status = "starting";
    await this.endPredecessor();
    rmSync(this.options.scratch, { recursive: true, force: true });
    mkdirSync(this.options.scratch, { recursive: true });
    const log = openSync(this.options.log, "w");
    const child = spawn(this.options.python, [script], {
      stdio: ["pipe", "pipe", log],
      env: {
        ...this.options.environment(),
        PENSTOCK_SPARK_CONF: JSON.stringify(this.options.options()),
        TMPDIR: this.options.scratch,
      },
    });
    closeSync(log);
    this.child = child;
    const ready = Promise.withResolvers<SparkJvm>();
    const gone = Promise.withResolvers<string>();
    ready.promise.catch(() => undefined);
    const end = (why: string) => {
      ready.reject(new Error(`Spark did not start: ${why}; ${this.options.log} says more`));
      gone.resolve(why);
      if (this.child === child) this.ended();
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => {
      killGroup(child.pid);
      end(`its host process ended (${signal ?? `exit code ${code}`})`);
    });
    if (child.stdout) {
      void eachLine(child.stdout, (line) => {
        const message: unknown = JSON.parse(line);
        if (!isObject(message)) return;
        if (message.event === "ready") {
          ready.resolve({
            port: Number(message.port),
            secret: String(message.secret),
            pid: Number(message.jvm),
            gone: gone.promise,
          });
        } else if (message.event === "drained") this.events.emit(`drained ${message.group}`, message.done);
        else if (message.event === "exited") end(exitReason(Number(message.code)));
      });
    }
    const timer = setTimeout(() => {
      end(`not within ${startSeconds} s`);
      child.kill("SIGKILL");
    }, startSeconds * 1000);
    try {
      const jvm = await ready.promise;
      void jvm.gone.then((this.options.faults ?? noFaults).born("spark", jvm.pid));
      writeRecord(this.options.record, { pid: jvm.pid, site: this.options.options()["spark.app.name"] });
      this.status = "ready";
      return jvm;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A JVM that a killed daemon left behind ends by itself, but not at once: there may only be one writer. */
  private async endPredecessor(): Promise<void> {
    const record = readRecord(this.options.record);
    const pid = Number(record?.pid);
    if (!Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return;
    const marker = `-Dpenstock.site=${record?.site}`;
    if (!commandOf(pid).includes(marker)) return;
    process.kill(pid, "SIGKILL");
    while (commandOf(pid).includes(marker)) await sleep(20);
  }

  private ended(): void {
    this.starting = undefined;
    this.child = undefined;
    this.status = "off";
  }
}

/** Ends what a host process left of its group: a JVM that was still starting. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // nothing was left
  }
}

/** The command line of a process; empty when it is gone. */
function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** Why a JVM ended, from Python's view of its exit code: negative is a signal. */
function exitReason(code: number): string {
  // 3 is the JVM's own way out of memory (ExitOnOutOfMemoryError), 52 Spark's.
  if (code === 3 || code === 52) return "it ran out of memory";
  if (code === -9) return "it was killed (SIGKILL)";
  return code < 0 ? `signal ${-code}` : `exit code ${code}`;
}
