import { join } from "node:path";
import { isObject } from "./json.ts";
import { readRecord, writeRecord } from "./records.ts";

/** Something to be done every so often. */
export interface Schedule {
  readonly name: string;
  readonly everyMs: number;
  /** Whether it is due at the multiples of `everyMs` since 1970, rather than that long after the last time. */
  readonly aligned?: boolean;
  readonly run: (due: Date) => void;
}

/** What the scheduler needs to know. */
export interface SchedulerOptions {
  readonly schedules: readonly Schedule[];
  /** Where it remembers when each was last run, over the daemon's end. */
  readonly folder: string;
  readonly now: () => number;
}

/**
 * EventBridge Scheduler: runs what is due. A laptop sleeps and its daemon ends, so that what fell due meanwhile runs
 * once afterwards, told the newest time; a schedule that is new waits for its first time.
 */
export class Scheduler {
  private readonly options: SchedulerOptions;
  private readonly path: string;
  private readonly last: Record<string, number>;

  constructor(options: SchedulerOptions) {
    this.options = options;
    this.path = join(options.folder, "schedules.json");
    const known = readRecord(this.path);
    this.last = {};
    for (const { name } of options.schedules) {
      const at = isObject(known) ? Number(known[name]) : Number.NaN;
      this.last[name] = Number.isFinite(at) ? at : options.now();
    }
    writeRecord(this.path, this.last);
  }

  /** Runs what is due; to be called now and then. */
  tick(): void {
    const now = this.options.now();
    for (const { name, everyMs, aligned = false, run } of this.options.schedules) {
      const at = (time: number) => (aligned ? time - (time % everyMs) : time);
      if (at(now) - at(this.last[name] ?? now) < everyMs) continue;
      this.last[name] = now;
      // remembered first: a target that always fails shall not be run at every tick
      writeRecord(this.path, this.last);
      run(new Date(at(now)));
    }
  }
}
