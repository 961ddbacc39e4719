import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type FaultPoints, noFaults } from "../fault-points.ts";
import type { JsonObject } from "../json.ts";
import { concurrency } from "../lambda.ts";
import { readRecord, recordPaths, writeRecord } from "../records.ts";
import { failureRecord } from "./failure-record.ts";
import { failurePayload, type Invocation } from "./function.ts";

/** What the queue of asynchronous invocations needs to know. */
export interface EventQueueOptions {
  /** The events that wait or are under way, one file each. */
  readonly folder: string;
  /** Invokes a function. `unattended`: nobody waits for what it does. */
  readonly invoke: (name: string, event: string, unattended: boolean) => Promise<Invocation>;
  readonly arn: (name: string) => string;
  /** Takes what is said of an event that was given up; it must be durable when this returns. */
  readonly discard: (queue: string, record: JsonObject) => void;
  /** How long it waits before each attempt but the first. On AWS: a minute, then two. */
  readonly pausesMs: readonly number[];
  readonly onError: (message: string) => void;
  readonly faults?: FaultPoints;
}

/** An event for a function. */
export interface FunctionEvent {
  readonly function: string;
  /** JSON text. */
  readonly payload: string;
  /** The queue that it goes to when the function can't take it; without one it is dropped. */
  readonly deadLetters: string | undefined;
  /** Whether the clock started it, or what the clock started: the daemon does not stay up for it. */
  readonly unattended: boolean;
}

/** As it lies on disk. */
interface Waiting extends FunctionEvent {
  readonly requestId: string;
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
}

/** The events of one function. */
interface Line {
  readonly ready: string[];
  busy: number;
}

/**
 * Lambda's queue of asynchronous invocations: each event at least once, in the order in which they came, a few at a
 * time. One that fails is tried again, and given up in the end. It lies on disk from the moment that it is accepted:
 * the next daemon takes up what a daemon leaves behind, however that one ended.
 */
export class EventQueue {
  private readonly options: EventQueueOptions;
  private readonly events = new Map<string, Waiting>();
  private readonly lines = new Map<string, Line>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly byClock: { readonly from: number; to: number }[] = [];
  private accepted = 0;
  private closed = false;

  constructor(options: EventQueueOptions) {
    this.options = options;
    mkdirSync(options.folder, { recursive: true });
  }

  /** Takes up what an earlier daemon left. */
  start(): void {
    for (const path of recordPaths(this.options.folder)) {
      const left = readRecord(path);
      if (left !== undefined) this.enter(path, left as unknown as Waiting);
    }
  }

  /** Takes an event, which will not be lost once this returns, and returns the invocation's request id. */
  accept(event: FunctionEvent): string {
    const requestId = randomUUID();
    this.accepted += 1;
    const name = [
      String(Date.now()).padStart(14, "0"),
      String(this.accepted).padStart(7, "0"),
      requestId,
    ].join("-");
    const path = join(this.options.folder, `${name}.json`);
    const waiting = { ...event, requestId, attempts: 0, notBefore: 0 };
    writeRecord(path, waiting);
    this.reached("accepted", waiting);
    this.enter(path, waiting);
    return requestId;
  }

  /** How many events wait or are under way; those that the daemon stays up for, and the others. */
  get pending(): { readonly attended: number; readonly unattended: number } {
    const all = [...this.events.values()];
    const unattended = all.filter((event) => event.unattended).length;
    return { attended: all.length - unattended, unattended };
  }

  /** Whether something that the clock had started was under way then: what was put at that time is its doing. */
  wasByClock(time: number): boolean {
    // a file's time comes from a coarser clock
    return this.byClock.some(({ from, to }) => time >= from - 50 && time <= to);
  }

  /** Starts nothing more; what is under way will be taken up by the next daemon. */
  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private enter(path: string, event: Waiting): void {
    this.events.set(path, event);
    const line = this.lines.get(event.function) ?? { ready: [], busy: 0 };
    this.lines.set(event.function, line);
    const enter = () => {
      line.ready.push(path);
      this.next(line);
    };
    const pause = event.notBefore - Date.now();
    if (pause <= 0) {
      enter();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      enter();
    }, pause);
    this.timers.add(timer);
  }

  private next(line: Line): void {
    while (!this.closed && line.busy < concurrency) {
      const path = line.ready.shift();
      if (path === undefined) return;
      line.busy += 1;
      this.attempt(path)
        .catch((error: unknown) => this.options.onError(`event ${path}: ${String(error)}`))
        .finally(() => {
          line.busy -= 1;
          this.next(line);
        });
    }
  }

  private async attempt(path: string): Promise<void> {
    const event = this.events.get(path);
    if (event === undefined) return;
    const { failed, payload } = await this.invoke(event);
    // ended together with the daemon, which is no failure of its own
    if (this.closed) return;
    if (!failed) return this.forget(path);
    const tried = { ...event, attempts: event.attempts + 1 };
    const pause = this.options.pausesMs[event.attempts];
    if (pause !== undefined) {
      const again = { ...tried, notBefore: Date.now() + pause };
      writeRecord(path, again);
      return this.enter(path, again);
    }
    if (event.deadLetters !== undefined) {
      const arn = this.options.arn(event.function);
      this.options.discard(
        event.deadLetters,
        failureRecord({ ...tried, arn, response: payload }, new Date()),
      );
    }
    this.reached("given up", tried);
    this.forget(path);
  }

  private async invoke(event: Waiting): Promise<Pick<Invocation, "failed" | "payload">> {
    const span = { from: Date.now(), to: Number.POSITIVE_INFINITY };
    if (event.unattended) this.byClock.push(span);
    try {
      return await this.options.invoke(event.function, event.payload, event.unattended);
    } catch (error) {
      // such as a function that is not there: no bundle has been made of it
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { failed: true, payload: failurePayload(name, message) };
    } finally {
      span.to = Date.now();
      if (this.byClock.length > 100) this.byClock.shift();
    }
  }

  private forget(path: string): void {
    rmSync(path, { force: true });
    this.events.delete(path);
  }

  private reached(what: string, event: FunctionEvent): void {
    const { faults = noFaults } = this.options;
    faults.reached(`event ${event.function} ${what}`);
  }
}
