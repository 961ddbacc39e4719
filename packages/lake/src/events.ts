/** Events delivered once more: to a function, or to a state machine. Nobody waits for what comes of it. */

import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { DeadLetter } from "./dead-letters.ts";

export interface Events {
  /** @throws what Lambda and Step Functions throw, and Error when the letter says not whom it was for */
  deliver(letter: Pick<DeadLetter, "event" | "function" | "target">): Promise<void>;
}

export function openEvents({
  lambda = new LambdaClient(),
  stepFunctions = new SFNClient(),
}: {
  readonly lambda?: LambdaClient;
  readonly stepFunctions?: SFNClient;
} = {}): Events {
  return {
    async deliver({ event, function: name, target }) {
      const text = JSON.stringify(event);
      if (name !== null) {
        await lambda.send(
          new InvokeCommand({ FunctionName: name, InvocationType: "Event", Payload: Buffer.from(text) }),
        );
        return;
      }
      if (target === null) throw new Error("a dead letter that does not say whom it was for");
      await stepFunctions.send(new StartExecutionCommand({ stateMachineArn: target, input: text }));
    },
  };
}
