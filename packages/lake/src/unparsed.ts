/**
 * Sends a command of DynamoDB and gives the answer as its JSON says, without the SDK's walk through every value.
 * For thousands of items that walk is most of a query's time, and its result is no other: `{"N": "1.5"}` stays so.
 * Signing, retries and errors are the SDK's.
 */

import type { DynamoDBClient, QueryCommand, QueryCommandOutput } from "@aws-sdk/client-dynamodb";

/** What stands in for the answer that was taken: the SDK has next to nothing left to parse. */
const nothing = new TextEncoder().encode("{}");

/** @returns the parsed body; every field is optional to the reader, as it is in the SDK's types */
export async function sendUnparsed(
  client: DynamoDBClient,
  command: QueryCommand,
): Promise<Pick<QueryCommandOutput, "Items" | "LastEvaluatedKey">> {
  let body = "{}";
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (isAnswer(response) && response.statusCode === 200) {
        body = await text(response.body);
        response.body = nothing;
      }
      return result;
    },
    // the innermost of its step: nobody has read the body yet
    { step: "deserialize", priority: "low", name: "unparsed" },
  );
  await client.send(command);
  return JSON.parse(body);
}

interface Answer {
  readonly statusCode: number;
  body: AsyncIterable<Uint8Array> | Uint8Array;
}

function isAnswer(response: unknown): response is Answer {
  return typeof response === "object" && response !== null && "statusCode" in response && "body" in response;
}

async function text(body: Answer["body"]): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
