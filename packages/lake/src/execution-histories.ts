/** What the executions of a state machine went through. */

import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from "@aws-sdk/client-sfn";

/** One execution. */
export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly stoppedAt: Date | null;
}

export interface ExecutionHistories {
  /**
   * The executions of a state machine that ran at some time within a span, the oldest first.
   *
   * @param longest how long an execution can take, in seconds: none that began earlier is looked for
   */
  during(machineArn: string, span: { from: Date; to: Date }, longest: number): Promise<Execution[]>;
  /** Every event of an execution, in order. */
  events(arn: string): Promise<HistoryEvent[]>;
}

export function stepFunctionsHistories(client: SFNClient = new SFNClient()): ExecutionHistories {
  async function* newestFirst(stateMachineArn: string): AsyncGenerator<Execution> {
    for await (const page of paginateListExecutions({ client, pageSize: 100 }, { stateMachineArn })) {
      for (const { executionArn: arn, startDate, stopDate, status } of page.executions ?? []) {
        if (arn === undefined || startDate === undefined) continue;
        yield { arn, status: status ?? "UNKNOWN", startedAt: startDate, stoppedAt: stopDate ?? null };
      }
    }
  }

  return {
    async during(stateMachineArn, { from, to }, longest) {
      const found: Execution[] = [];
      const earliest = from.getTime() - longest * 1000;
      for await (const execution of newestFirst(stateMachineArn)) {
        if (execution.startedAt.getTime() < earliest) break;
        const over = execution.stoppedAt !== null && execution.stoppedAt < from;
        if (execution.startedAt <= to && !over) found.push(execution);
      }
      return found.toReversed();
    },

    async events(executionArn) {
      const events: HistoryEvent[] = [];
      const pages = paginateGetExecutionHistory({ client, pageSize: 1000 }, { executionArn });
      for await (const page of pages) events.push(...(page.events ?? []));
      return events;
    },
  };
}
