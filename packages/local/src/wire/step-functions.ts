import { type JsonObject, optionalNumber, optionalText, requiredText } from "../json.ts";
import { page } from "../page.ts";
import type { Execution } from "../step-functions/execution.ts";
import type { StepFunctions } from "../step-functions.ts";
import type { JsonService } from "./json-protocol.ts";

/** Step Functions' API: machines, and their executions with every event. */
export function stepFunctionsApi(
  stepFunctions: StepFunctions,
  machineArn: (name: string) => string,
): JsonService {
  const listed = <T>(input: JsonObject, items: readonly T[]) =>
    page(items, optionalText(input, "nextToken"), optionalNumber(input, "maxResults") || 100);
  const summary = (execution: Execution): JsonObject => ({
    executionArn: execution.arn,
    stateMachineArn: machineArn(execution.machine),
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAt / 1000,
    stopDate: execution.stoppedAt === undefined ? undefined : execution.stoppedAt / 1000,
  });
  return {
    name: "Step Functions",
    target: "AWSStepFunctions",
    operations: {
      StartExecution: (input) => {
        const machine = requiredText(input, "stateMachineArn");
        const execution = stepFunctions.start(
          machine,
          optionalText(input, "input"),
          optionalText(input, "name"),
        );
        return { executionArn: execution.arn, startDate: execution.startedAt / 1000 };
      },
      DescribeExecution: (input) => {
        const execution = stepFunctions.execution(requiredText(input, "executionArn"));
        return {
          ...summary(execution),
          input: execution.input,
          inputDetails: { included: true },
          output: execution.output,
          outputDetails: execution.output === undefined ? undefined : { included: true },
          error: execution.error,
          cause: execution.cause,
          redriveCount: 0,
          redriveStatus: "NOT_REDRIVABLE",
        };
      },
      ListExecutions: (input) => {
        const status = optionalText(input, "statusFilter");
        const all = stepFunctions.executionsOf(requiredText(input, "stateMachineArn"));
        const { items, next } = listed(
          input,
          all.filter((execution) => status === undefined || execution.status === status),
        );
        return { executions: items.map(summary), nextToken: next };
      },
      GetExecutionHistory: (input) => {
        const events = stepFunctions.history(requiredText(input, "executionArn"));
        const { items, next } = listed(input, input.reverseOrder === true ? events.toReversed() : events);
        return {
          events: items.map((event) => ({ ...event, timestamp: event.timestamp / 1000 })),
          nextToken: next,
        };
      },
      StopExecution: async (input) => {
        const arn = requiredText(input, "executionArn");
        const execution = await stepFunctions.stop(
          arn,
          optionalText(input, "error"),
          optionalText(input, "cause"),
        );
        return { stopDate: (execution.stoppedAt ?? Date.now()) / 1000 };
      },
      ListStateMachines: (input) => {
        const { items, next } = listed(input, stepFunctions.machines());
        const machines = items.map(({ name, arn }) => ({
          name,
          stateMachineArn: arn,
          type: "STANDARD",
          creationDate: 0,
        }));
        return { stateMachines: machines, nextToken: next };
      },
      DescribeStateMachine: (input) => {
        const machine = stepFunctions.machine(requiredText(input, "stateMachineArn"));
        return {
          stateMachineArn: machine.arn,
          name: machine.name,
          status: "ACTIVE",
          definition: JSON.stringify(machine.definition()),
          roleArn: "arn:aws:iam::000000000000:role/local",
          type: "STANDARD",
          creationDate: 0,
        };
      },
    },
  };
}
