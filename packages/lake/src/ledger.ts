/** The run ledger: one DynamoDB table, the truth about runs. Every write is of one item and conditional. */

import { type DynamoDBClient, GetItemCommand, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { dynamoClient, ifHolds } from "./dynamo.ts";
import type { Entry, Input, InputStatus, Lease, Request, Run, Totals } from "./ledger-entries.ts";

/** The ledger of one pipeline. Reads see every write that came before them. */
export interface Ledger {
  lease(): Promise<Entry<Lease> | null>;
  input(key: string, hash: string): Promise<Entry<Input> | null>;
  /** Every content that was ever there under one key. */
  inputsOf(key: string): Promise<Entry<Input>[]>;
  /** Every input in one of the states. */
  inputs(...states: InputStatus[]): Promise<Entry<Input>[]>;
  /** What an execution asked for. */
  request(execution: string): Promise<Entry<Request> | null>;
  /** Every request in one of the states, the oldest first. */
  requests(...states: Request["status"][]): Promise<Entry<Request>[]>;
  run(runId: string): Promise<Entry<Run> | null>;
  /** The newest runs, the newest first. */
  runs(limit: number): Promise<Entry<Run>[]>;
  totals(): Promise<Entry<Totals> | null>;

  /**
   * Each puts an entry in place of the one that was seen, null when there was none; false, and nothing changed,
   * when it is no longer what was seen.
   */
  putLease(lease: Lease, seen: Entry<Lease> | null): Promise<boolean>;
  putInput(input: Input, seen: Entry<Input> | null): Promise<boolean>;
  putRequest(request: Request, seen: Entry<Request> | null): Promise<boolean>;
  putRun(run: Run, seen: Entry<Run> | null): Promise<boolean>;
  putTotals(totals: Totals, seen: Entry<Totals> | null): Promise<boolean>;
}

export function openLedger(at: {
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly pipeline: string;
}): Ledger {
  const client = at.client ?? dynamoClient();
  const { table: TableName, pipeline } = at;

  async function get<T>(item: string): Promise<Entry<T> | null> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: marshall({ pipeline, item }), ConsistentRead: true }),
    );
    return Item === undefined ? null : (unmarshall(Item) as Entry<T>);
  }

  async function* beginningWith<T>(prefix: string, backwards = false): AsyncGenerator<Entry<T>> {
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: "pipeline = :pipeline AND begins_with(#item, :prefix)",
        ExpressionAttributeNames: { "#item": "item" },
        ExpressionAttributeValues: marshall({ ":pipeline": pipeline, ":prefix": prefix }),
        ConsistentRead: true,
        ScanIndexForward: !backwards,
      },
    );
    for await (const page of pages) {
      for (const item of page.Items ?? []) yield unmarshall(item) as Entry<T>;
    }
  }

  async function put<T extends object>(item: string, value: T, seen: Entry<T> | null): Promise<boolean> {
    return await ifHolds(
      client.send(
        new PutItemCommand({
          TableName,
          Item: marshall(
            { ...value, pipeline, item, revision: (seen?.revision ?? 0) + 1 },
            { removeUndefinedValues: true },
          ),
          ...(seen === null
            ? { ConditionExpression: "attribute_not_exists(pipeline)" }
            : {
                ConditionExpression: "revision = :seen",
                ExpressionAttributeValues: marshall({ ":seen": seen.revision }),
              }),
        }),
      ),
    );
  }

  return {
    lease: () => get<Lease>("lease"),
    input: (key, hash) => get<Input>(inputItem(key, hash)),
    async inputsOf(key) {
      const found = await collected(beginningWith<Input>(inputItem(key, "")));
      // the key of another may begin with this one and a #
      return found.filter((input) => input.key === key);
    },
    async inputs(...states) {
      const found = await collected(beginningWith<Input>("input#"));
      return found.filter((input) => states.includes(input.status));
    },
    request: (execution) => get<Request>(requestItem(execution)),
    async requests(...states) {
      const found = await collected(beginningWith<Request>("request#"));
      return found
        .filter((request) => states.includes(request.status))
        .sort((a, b) => (a.asked_at < b.asked_at ? -1 : 1));
    },
    run: (runId) => get<Run>(runItem(runId)),
    async runs(limit) {
      const newest: Entry<Run>[] = [];
      for await (const run of beginningWith<Run>("run#", true)) {
        newest.push(run);
        if (newest.length >= limit) break;
      }
      return newest;
    },
    totals: () => get<Totals>("totals"),

    putLease: (lease, seen) => put("lease", lease, seen),
    putInput: (input, seen) => put(inputItem(input.key, input.hash), input, seen),
    putRequest: (request, seen) => put(requestItem(request.execution), request, seen),
    putRun: (run, seen) => put(runItem(run.run_id), run, seen),
    putTotals: (totals, seen) => put("totals", totals, seen),
  };
}

const inputItem = (key: string, hash: string): string => `input#${key}#${hash}`;
const requestItem = (execution: string): string => `request#${execution}`;
const runItem = (runId: string): string => `run#${runId}`;

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
