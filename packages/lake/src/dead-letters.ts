/** The events that could not be delivered, or that a function could not take: what waits in a pipeline's queue. */

import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

export interface DeadLetter {
  /** What it is deleted by. */
  readonly handle: string;
  /** The event as its target would have got it: an object, or the text that was no JSON. */
  readonly event: unknown;
  /** The function that it was for; null when it was for something else, such as a state machine. */
  readonly function: string | null;
  /** The ARN of what it was for; null when nobody says. */
  readonly target: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** How often it was tried; null when nobody says. */
  readonly attempts: number | null;
}

export interface DeadLetters {
  /** About how many wait, those not counted that somebody has taken lately. */
  waiting(): Promise<number>;
  /** Each that waits, once; one that is not done then waits again after a while. */
  take(): AsyncIterable<DeadLetter>;
  /** Deletes one, such as after its event was put through again. */
  done(letter: DeadLetter): Promise<void>;
}

export interface DeadLettersOptions {
  /** The queue's name. */
  readonly queue: string;
  readonly client?: SQSClient;
  /** Seconds that nobody else gets a letter that was taken. @default 300 */
  readonly takenSeconds?: number;
}

export function openDeadLetters(options: DeadLettersOptions): DeadLetters {
  const { queue, client = new SQSClient(), takenSeconds = 300 } = options;
  let known: string | undefined;
  const url = async (): Promise<string> => {
    known ??= (await client.send(new GetQueueUrlCommand({ QueueName: queue }))).QueueUrl;
    if (known === undefined) throw new Error(`SQS does not say where ${queue} is`);
    return known;
  };
  return {
    async waiting() {
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      const asked = new GetQueueAttributesCommand({ QueueUrl: await url(), AttributeNames });
      return Number((await client.send(asked)).Attributes?.ApproximateNumberOfMessages);
    },

    async *take() {
      const seen = new Set<string | undefined>();
      for (;;) {
        const receive = new ReceiveMessageCommand({
          QueueUrl: await url(),
          MaxNumberOfMessages: 10,
          VisibilityTimeout: takenSeconds,
          // asks every server of the queue: without waiting some are left out, and a queue that has letters looks empty
          WaitTimeSeconds: 1,
          MessageAttributeNames: ["All"],
        });
        const { Messages: messages = [] } = await client.send(receive);
        const fresh = messages.filter(({ MessageId }) => !seen.has(MessageId));
        if (fresh.length === 0) return;
        for (const message of fresh) {
          seen.add(message.MessageId);
          yield letterOf(message);
        }
      }
    },

    async done({ handle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: await url(), ReceiptHandle: handle }));
    },
  };
}

/**
 * A letter of Lambda's, or of EventBridge's rules and schedules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
function letterOf({ Body = "", ReceiptHandle = "", MessageAttributes = {} }: Message): DeadLetter {
  const body = parsed(Body);
  if (isRecord(body) && isRecord(body.requestContext) && "requestPayload" in body) {
    const { functionArn, approximateInvokeCount } = body.requestContext;
    const response = isRecord(body.responsePayload) ? body.responsePayload : {};
    return {
      handle: ReceiptHandle,
      event: body.requestPayload,
      ...targetOf(text(functionArn)),
      error: text(response.errorType),
      cause: text(response.errorMessage),
      attempts: number(approximateInvokeCount),
    };
  }
  const attribute = (name: string) => MessageAttributes[name]?.StringValue ?? null;
  const retries = attribute("RETRY_ATTEMPTS");
  return {
    handle: ReceiptHandle,
    event: body,
    ...targetOf(attribute("TARGET_ARN")),
    error: attribute("ERROR_CODE"),
    cause: attribute("ERROR_MESSAGE"),
    attempts: retries === null ? null : Number(retries) + 1,
  };
}

function targetOf(arn: string | null): Pick<DeadLetter, "function" | "target"> {
  const [, name = null] = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(arn ?? "") ?? [];
  return { function: name, target: arn };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
