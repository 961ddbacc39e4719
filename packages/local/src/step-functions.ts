import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import type { FaultPoints } from "./fault-points.ts";
import type { JsonObject } from "./json.ts";
import { readRecord, recordPaths, writeRecord } from "./records.ts";
import {
  type Ending,
  type Execution,
  type ExecutionPlan,
  interpreterOf,
  type RunningExecution,
  runExecution,
} from "./step-functions/execution.ts";
import { History, type HistoryEvent, mendHistory, readHistory } from "./step-functions/history.ts";
import type { TaskHandlers } from "./step-functions/tasks.ts";
import { wayToNotice } from "./step-functions/way-to-notice.ts";

/** A state machine: its definition is made at each start of an execution, from the file as it then is. */
export interface LocalStateMachine {
  readonly name: string;
  readonly arn: string;
  readonly definition: () => JsonObject;
}

/** What the Step Functions stand-in needs to know. */
export interface StepFunctionsOptions {
  readonly machines: () => readonly LocalStateMachine[];
  readonly executionArn: (machine: string, execution: string) => string;
  readonly handlers: TaskHandlers;
  /** The folder of the executions' records and histories. */
  readonly records: string;
  readonly faults?: FaultPoints;
}

/** AWS Step Functions: runs the committed state machines, and remembers every execution on disk. */
export class StepFunctions {
  private readonly options: StepFunctionsOptions;
  private readonly executions = new Map<string, Execution>();
  private readonly running = new Map<string, RunningExecution>();
  private readonly untold: (() => void)[] = [];

  /**
   * Reads the executions of earlier daemons; one that was running when its daemon died is aborted, unless it was on
   * its way to telling somebody: `goOn` has it do so.
   */
  constructor(options: StepFunctionsOptions) {
    this.options = options;
    for (const path of recordPaths(options.records)) {
      const execution = readRecord(path) as Execution | undefined;
      if (!execution) continue;
      this.executions.set(execution.arn, execution);
      if (execution.status === "RUNNING") this.interrupted(execution);
    }
  }

  /** Lets the executions go on that died on their way to a notice, once what they call is there. */
  goOn(): void {
    for (const begin of this.untold.splice(0)) begin();
  }

  machines(): readonly LocalStateMachine[] {
    return this.options.machines();
  }

  /** Throws StateMachineDoesNotExist. */
  machine(arn: string): LocalStateMachine {
    const found = this.machines().find((machine) => machine.arn === arn);
    if (found) return found;
    const known = this.machines().map((machine) => machine.arn);
    throw new AwsError(
      "StateMachineDoesNotExist",
      `State Machine Does Not Exist: '${arn}'; there are: ${known.join(", ") || "none"}`,
    );
  }

  /** Throws ExecutionDoesNotExist. */
  execution(arn: string): Execution {
    const found = this.executions.get(arn);
    if (found) return found;
    throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  }

  /** The executions of a machine, newest first. Throws StateMachineDoesNotExist. */
  executionsOf(machineArn: string): readonly Execution[] {
    const { name } = this.machine(machineArn);
    return [...this.executions.values()]
      .filter((execution) => execution.machine === name)
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Throws ExecutionDoesNotExist. */
  history(arn: string): readonly HistoryEvent[] {
    return readHistory(this.pathOf(this.execution(arn), "events.ndjson"));
  }

  /**
   * Starts an execution. The same name with the same input, while it runs, is the same execution.
   * Throws ExecutionAlreadyExists, InvalidDefinition, InvalidName, InvalidExecutionInput, StateMachineDoesNotExist.
   */
  start(machineArn: string, input = "{}", name: string = randomUUID()): Execution {
    const machine = this.machine(machineArn);
    if (!/^[\w-]{1,80}$/.test(name)) throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
    checkJson(input);
    const arn = this.options.executionArn(machine.name, name);
    const same = this.executions.get(arn);
    if (same?.status === "RUNNING" && same.input === input) return same;
    if (same) throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);

    const execution: Execution = {
      arn,
      machine: machine.name,
      name,
      status: "RUNNING",
      input,
      startedAt: Date.now(),
    };
    const definition = machine.definition();
    const interpreter = interpreterOf(definition);
    this.save(execution);
    this.run({ execution, definition, interpreter, stateMachineArn: machine.arn });
    return execution;
  }

  /** Stops an execution and what it waits for; one that has ended stays as it is. */
  async stop(arn: string, error?: string, cause?: string): Promise<Execution> {
    const run = this.running.get(this.execution(arn).arn);
    run?.stop(error, cause);
    await run?.ended;
    await Promise.resolve();
    return this.execution(arn);
  }

  /** Waits for an execution's end. */
  async ended(arn: string): Promise<Execution> {
    await this.running.get(arn)?.ended;
    await Promise.resolve();
    return this.execution(arn);
  }

  /** The ARNs of the executions under way. */
  active(): readonly string[] {
    return [...this.running.keys()];
  }

  /** Stops every execution. */
  async close(cause: string): Promise<void> {
    await Promise.all(this.active().map((arn) => this.stop(arn, "Penstock.DaemonEnded", cause)));
  }

  private run(plan: Omit<ExecutionPlan, "handlers" | "historyPath" | "faults">): void {
    const { execution } = plan;
    const run = runExecution({
      ...plan,
      handlers: this.options.handlers,
      historyPath: this.pathOf(execution, "events.ndjson"),
      ...(this.options.faults ? { faults: this.options.faults } : {}),
    });
    this.running.set(execution.arn, run);
    void run.ended.then((ending) => this.finish(execution, ending));
  }

  private finish(execution: Execution, ending: Ending): void {
    this.running.delete(execution.arn);
    this.save({ ...execution, ...ending, stoppedAt: Date.now() });
  }

  private interrupted(execution: Execution): void {
    const path = this.pathOf(execution, "events.ndjson");
    const events = mendHistory(path);
    const goOn = this.toNotice(execution, readHistory(path));
    if (goOn) this.untold.push(goOn);
    else this.abandon(execution, new History(path, new Map(), events));
  }

  /** What has an execution that died on its way to a notice go on; nothing for any other. */
  private toNotice(execution: Execution, history: readonly HistoryEvent[]): (() => void) | undefined {
    const machine = this.machines().find(({ name }) => name === execution.machine);
    if (!machine) return undefined;
    const definition = machine.definition();
    const place = wayToNotice(history, definition);
    if (!place) return undefined;
    const interpreter = interpreterOf(definition, place);
    const events = history.length;
    return () => this.run({ execution, definition, interpreter, stateMachineArn: machine.arn, events });
  }

  private abandon(execution: Execution, history: History): void {
    const reason = {
      error: "Penstock.DaemonEnded",
      cause: "The local daemon ended while this execution ran.",
    };
    history.append("ExecutionAborted", Date.now(), { executionAbortedEventDetails: reason });
    this.finish(execution, { status: "ABORTED", ...reason });
  }

  private save(execution: Execution): void {
    // first: of what could not be written nobody hears, so that whoever asks once more does not wait for it
    writeRecord(this.pathOf(execution, "json"), execution);
    this.executions.set(execution.arn, execution);
  }

  private pathOf(execution: Execution, kind: "json" | "events.ndjson"): string {
    return join(this.options.records, execution.machine, `${execution.name}.${kind}`);
  }
}

function checkJson(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}
