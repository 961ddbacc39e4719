import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { begin, type Line } from "./console.ts";

/** One state that an execution went through. */
export interface StateTime {
  readonly name: string;
  readonly seconds: number;
}

/** How an execution ended. */
export interface Followed {
  readonly arn: string;
  readonly status: string;
  readonly seconds: number;
  readonly states: readonly StateTime[];
  /** The execution's output, parsed; null when it failed. */
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Starts an execution; its ARN. */
export async function startExecution(stateMachineArn: string, input: unknown): Promise<string> {
  const { executionArn } = await new SFNClient().send(
    new StartExecutionCommand({ stateMachineArn, name: randomUUID(), input: JSON.stringify(input) }),
  );
  if (executionArn === undefined) throw new Error("Step Functions started no execution");
  return executionArn;
}

/**
 * Follows an execution to its end, with a line of progress for each state.
 *
 * @param shown the states worth a line; a choice is none
 * @param pause waits before the next look; what it throws ends the following
 */
export async function follow(
  executionArn: string,
  shown: ReadonlySet<string>,
  pause: () => Promise<void>,
): Promise<Followed> {
  const client = new SFNClient();
  const lines = new Lines(shown);
  let well = false;
  try {
    for (;;) {
      const described = await describe(client, executionArn);
      const events = await historyOf(client, executionArn);
      lines.show(events);
      if (described.status === "RUNNING") {
        await pause();
        continue;
      }
      well = described.status === "SUCCEEDED";
      return {
        arn: executionArn,
        status: described.status ?? "UNKNOWN",
        seconds: secondsBetween(described.startDate, described.stopDate),
        states: stateTimes(events),
        output: described.output === undefined ? null : JSON.parse(described.output),
        error: described.error ?? null,
        cause: described.cause ?? null,
      };
    }
  } finally {
    lines.close(well);
  }
}

/** Step Functions may need a moment to know of what it has just started. */
async function describe(client: SFNClient, executionArn: string): Promise<DescribeExecutionCommandOutput> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await client.send(new DescribeExecutionCommand({ executionArn }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist) || tries === 5) throw error;
      await sleep(500);
    }
  }
}

async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken ? { nextToken } : {}) }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

/** A line of progress for each state, in the order in which they were entered. */
class Lines {
  private readonly shown: ReadonlySet<string>;
  private open: { name: string; line: Line } | undefined;
  private seen = 0;

  constructor(shown: ReadonlySet<string>) {
    this.shown = shown;
  }

  show(events: readonly HistoryEvent[]): void {
    for (const event of events.slice(this.seen)) {
      const entered = event.stateEnteredEventDetails?.name;
      const exited = event.stateExitedEventDetails?.name;
      if (entered !== undefined && this.shown.has(entered)) {
        this.open?.line.fail();
        this.open = { name: entered, line: begin(titleOf(entered)) };
      } else if (exited !== undefined && exited === this.open?.name) {
        this.open.line.done();
        this.open = undefined;
      }
    }
    this.seen = events.length;
  }

  close(well: boolean): void {
    if (well) this.open?.line.done();
    else this.open?.line.fail();
    this.open = undefined;
  }
}

/** `CheckSanity` reads `check sanity`. */
const titleOf = (state: string): string => state.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

function stateTimes(events: readonly HistoryEvent[]): StateTime[] {
  const entered = new Map<string, number[]>();
  const times: StateTime[] = [];
  for (const event of events) {
    const at = event.timestamp?.getTime() ?? 0;
    const into = event.stateEnteredEventDetails?.name;
    const outOf = event.stateExitedEventDetails?.name;
    if (into !== undefined) entered.set(into, [...(entered.get(into) ?? []), at]);
    if (outOf !== undefined) {
      const since = entered.get(outOf)?.shift() ?? at;
      times.push({ name: outOf, seconds: (at - since) / 1000 });
    }
  }
  return times;
}

const secondsBetween = (start: Date | undefined, end: Date | undefined): number =>
  start === undefined || end === undefined ? 0 : (end.getTime() - start.getTime()) / 1000;
