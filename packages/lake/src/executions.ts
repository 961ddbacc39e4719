/** Executions of state machines: does the holder of a lease still live? */

import { DescribeExecutionCommand, ExecutionDoesNotExist, InvalidArn, SFNClient } from "@aws-sdk/client-sfn";

export interface Executions {
  /** Whether an execution still runs; one that Step Functions no longer knows does not. */
  isRunning(arn: string): Promise<boolean>;
}

export function stepFunctionsExecutions(client: SFNClient = new SFNClient()): Executions {
  return {
    async isRunning(arn) {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
        return status === "RUNNING" || status === "PENDING_REDRIVE";
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist || error instanceof InvalidArn) return false;
        throw error;
      }
    },
  };
}
