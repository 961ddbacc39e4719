/**
 * For the tests that kill: the daemon says what it has reached, and kills what a test wants dead at that very point.
 * It also refuses requests, as services do that are asked too much or are down. `$PENSTOCK_FAULTS` names a folder in
 * the home for it; without it nothing is said, killed or refused.
 */
import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseObject } from "./json.ts";
import { readRecord, writeRecord } from "./records.ts";

/** Whose processes can be killed: the daemon's own, Spark's JVM, the job's Python, the functions' sandboxes. */
export type Victim = "daemon" | "spark" | "job" | "function";

/** Kill this at that point. */
export interface Fault {
  readonly point: string;
  readonly kill: Victim;
  /** So many milliseconds later: in the middle of what begins there. */
  readonly after?: number;
}

/** A point that was reached; `killed` names the processes that were killed there. */
export interface Reached {
  readonly point: string;
  readonly kill?: Victim;
  readonly killed?: readonly number[];
}

/** The services that can be made to refuse requests. */
export type Refusing = "dynamodb" | "sns";

const victims: readonly string[] = ["daemon", "spark", "job", "function"] satisfies Victim[];

/**
 * Its folder has `next.json`, the faults still to come in their order; `refusals.json`, how many requests a service
 * refuses from now on; and `reached.ndjson`, every point that was reached.
 */
export class FaultPoints {
  private readonly folder: string | undefined;
  private readonly alive = new Map<Victim, Set<number>>([["daemon", new Set([process.pid])]]);
  private state = "start";
  private counts = new Map<string, number>();

  constructor(folder: string | undefined) {
    this.folder = folder;
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  }

  /** Says that a process runs, which ends when the returned function is called. */
  born(kind: Victim, pid: number | undefined): () => void {
    const pids = this.alive.get(kind) ?? new Set();
    this.alive.set(kind, pids);
    if (pid !== undefined) pids.add(pid);
    return () => {
      if (pid !== undefined) pids.delete(pid);
    };
  }

  /** A state machine has entered a state, or ended. */
  entered(state: string): void {
    this.state = state;
    this.counts = new Map();
    this.reached(`state ${state}`);
  }

  /** Something that a state does again and again: told with the state's name and a number. */
  counted(what: string): void {
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    this.reached(`${this.state}: ${what} ${count}`);
  }

  /** A job's or a function's line of JSON that tells of a step. */
  said(line: string): void {
    if (this.folder === undefined || !line.startsWith("{")) return;
    const told = jsonOf(line);
    if (typeof told?.step === "string") this.reached(`job ${told.step} ${told.event}`);
    else if (typeof told?.message === "string") this.reached(`function ${told.message}`);
  }

  /** Kills, at once or when it is time, when this is the point that the next fault names. */
  reached(point: string): void {
    if (this.folder === undefined) return;
    const [next, ...later] = this.faults();
    if (next?.point !== point) {
      this.note({ point });
      return;
    }
    writeRecord(this.path("next.json"), { faults: later });
    if (next.after === undefined) {
      this.kill(next);
    } else {
      this.note({ point });
      setTimeout(() => this.kill(next), next.after);
    }
  }

  private kill({ point, kill }: Fault): void {
    const pids = [...(this.alive.get(kill) ?? [])];
    // first: the daemon may be among the dead
    this.note({ point, kill, killed: pids });
    for (const pid of pids) process.kill(pid, "SIGKILL");
  }

  /** Whether a service is to refuse the request that it has before it: `{"dynamodb": 3}` refuses the next three. */
  refuses(service: Refusing): boolean {
    if (this.folder === undefined) return false;
    const left = readRecord(this.path("refusals.json")) ?? {};
    const times = Number(left[service] ?? 0);
    if (times <= 0) return false;
    writeRecord(this.path("refusals.json"), { ...left, [service]: times - 1 });
    this.note({ point: `${service} refused` });
    return true;
  }

  private faults(): readonly Fault[] {
    if (!existsSync(this.path("next.json"))) return [];
    const faults = readRecord(this.path("next.json"))?.faults;
    return Array.isArray(faults) ? (faults as unknown[]).filter(isFault) : [];
  }

  private note(reached: Reached): void {
    appendFileSync(this.path("reached.ndjson"), `${JSON.stringify(reached)}\n`);
  }

  private path(name: string): string {
    return join(this.folder ?? "", name);
  }
}

/** Says and kills nothing. */
export const noFaults = new FaultPoints(undefined);

function isFault(value: unknown): value is Fault {
  return (
    typeof value === "object" &&
    value !== null &&
    "point" in value &&
    "kill" in value &&
    victims.includes(String(value.kill))
  );
}

function jsonOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return parseObject(line);
  } catch {
    return undefined;
  }
}
