import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import { isDiskFull } from "./disk-full.ts";
import type { FaultPoints } from "./fault-points.ts";
import { runJobProcess } from "./glue/job-process.ts";
import { hasEnded, type JobRun, type JobRunState } from "./glue/job-run.ts";
import type { SparkHost } from "./glue/spark-host.ts";
import { LogFile } from "./log.ts";
import { readRecord, recordPaths, writeRecord } from "./records.ts";

/** A Glue job: a PySpark script and how it is run. */
export interface GlueJob {
  readonly name: string;
  readonly script: string;
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
}

/** What the Glue stand-in needs to know. */
export interface GlueOptions {
  readonly jobs: () => readonly GlueJob[];
  readonly spark: SparkHost;
  readonly python: string;
  /** Environment of the jobs' processes. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** The folder of the job runs' records, and that of their logs. */
  readonly records: string;
  readonly logs: string;
  /** The folder that the jobs write to: a job that fails while its disk is full says so, whatever Spark says. */
  readonly lake: string;
  readonly faults?: FaultPoints;
}

interface Active {
  readonly abort: AbortController;
  readonly ended: Promise<JobRun>;
  /** The state that the run ends in once it was aborted. */
  abortedAs: "STOPPED" | "TIMEOUT";
}

/** AWS Glue's jobs: PySpark scripts, each run in a process of its own on one warm JVM. */
export class Glue {
  private readonly options: GlueOptions;
  private readonly runs = new Map<string, JobRun>();
  private readonly running = new Map<string, Active>();

  /** Reads the runs of earlier daemons; one that was under way when its daemon died has failed. */
  constructor(options: GlueOptions) {
    this.options = options;
    for (const path of recordPaths(options.records)) {
      const run = readRecord(path) as JobRun | undefined;
      if (!run) continue;
      this.runs.set(run.id, run);
      if (!hasEnded(run)) this.save(run, "FAILED", "The local daemon ended while this run was under way.");
    }
  }

  jobs(): readonly GlueJob[] {
    return this.options.jobs();
  }

  /** Throws EntityNotFoundException. */
  job(name: string): GlueJob {
    const found = this.jobs().find((job) => job.name === name);
    if (found) return found;
    const known = this.jobs().map((job) => job.name);
    throw notFound(`Job ${name} is not here; there are: ${known.join(", ") || "none"}.`);
  }

  /** The runs of a job, newest first. Throws EntityNotFoundException. */
  runsOf(name: string): readonly JobRun[] {
    const { name: job } = this.job(name);
    return [...this.runs.values()].filter((run) => run.job === job).sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Throws EntityNotFoundException. */
  run(job: string, id: string): JobRun {
    const run = this.runs.get(id);
    if (run?.job === job) return run;
    throw notFound(`Job run ${id} of job ${job} is not here.`);
  }

  /** Starts a run and returns its id. Throws ConcurrentRunsExceededException while the job runs already. */
  start(name: string, given: Readonly<Record<string, string>>, timeoutMinutes?: number): string {
    const job = this.job(name);
    if (!existsSync(job.script)) throw notFound(`The script of job ${name} is not here: ${job.script}`);
    const other = [...this.running.keys()].find((id) => this.runs.get(id)?.job === name);
    if (other) {
      throw new AwsError(
        "ConcurrentRunsExceededException",
        `Concurrent runs exceeded for ${name}: ${other} runs.`,
      );
    }
    const now = Date.now();
    const run: JobRun = {
      id: `jr_${randomBytes(32).toString("hex")}`,
      job: name,
      arguments: given,
      state: "STARTING",
      startedAt: now,
      modifiedAt: now,
      executionSeconds: 0,
      timeoutMinutes: timeoutMinutes ?? job.timeoutMinutes,
    };
    this.save(run, "STARTING");
    const abort = new AbortController();
    const active: Active = { abort, abortedAs: "STOPPED", ended: this.perform(job, run, abort.signal) };
    this.running.set(run.id, active);
    return run.id;
  }

  /** Ends a run; one that has ended already stays as it is. Resolves when nothing of it runs any more. */
  async stop(job: string, id: string): Promise<void> {
    const run = this.run(job, id);
    const active = this.running.get(id);
    if (!active) return;
    if (!hasEnded(run)) this.save(run, "STOPPING");
    active.abort.abort();
    await active.ended;
  }

  /** Waits for a run's end. Throws EntityNotFoundException. */
  async ended(job: string, id: string): Promise<JobRun> {
    return (await this.running.get(id)?.ended) ?? this.run(job, id);
  }

  /** The ids of the runs under way. */
  active(): readonly string[] {
    return [...this.running.keys()];
  }

  /** Ends every run. */
  async close(): Promise<void> {
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.allSettled([...this.running.values()].map(({ ended }) => ended));
  }

  private async perform(job: GlueJob, run: JobRun, signal: AbortSignal): Promise<JobRun> {
    // The run's id is given back to who starts it before anything else happens to it.
    await Promise.resolve();
    const timer = setTimeout(() => {
      const active = this.running.get(run.id);
      if (active) active.abortedAs = "TIMEOUT";
      active?.abort.abort();
    }, run.timeoutMinutes * 60_000);
    const all = { ...job.defaultArguments, ...run.arguments, "--JOB_NAME": job.name, "--JOB_RUN_ID": run.id };
    try {
      await this.options.spark.jvm();
      const began = this.save(run, "RUNNING");
      const error = await runJobProcess(this.options.spark, {
        python: this.options.python,
        environment: this.options.environment(),
        script: job.script,
        argv: Object.entries(all).flat(),
        group: run.id,
        log: new LogFile(join(this.options.logs, `${run.id}.ndjson`)),
        signal,
        ...(this.options.faults ? { faults: this.options.faults } : {}),
      });
      const seconds = Math.round((Date.now() - began.modifiedAt) / 1000);
      const ended = { ...run, executionSeconds: seconds };
      if (signal.aborted) return this.saveAborted(ended);
      if (error === undefined) return this.save(ended, "SUCCEEDED");
      const why = isDiskFull(this.options.lake) ? `No space left on device: ${this.options.lake}\n` : "";
      return this.save(ended, "FAILED", `${why}${error}`);
    } catch (error) {
      return this.save(run, "FAILED", error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      this.running.delete(run.id);
    }
  }

  private saveAborted(run: JobRun): JobRun {
    const state = this.running.get(run.id)?.abortedAs ?? "STOPPED";
    const minutes = run.timeoutMinutes;
    const error = `The run was ended after its limit of ${minutes} minutes.`;
    return state === "TIMEOUT" ? this.save(run, state, error) : this.save(run, state);
  }

  private save(run: JobRun, state: JobRunState, error?: string): JobRun {
    const now = Date.now();
    const saved: JobRun = { ...run, state, modifiedAt: now, ...(error === undefined ? {} : { error }) };
    const whole = hasEnded(saved) ? { ...saved, completedAt: now } : saved;
    this.runs.set(run.id, whole);
    writeRecord(join(this.options.records, `${run.id}.json`), whole);
    return whole;
  }
}

const notFound = (message: string): AwsError => new AwsError("EntityNotFoundException", message);
