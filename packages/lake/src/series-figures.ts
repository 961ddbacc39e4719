/** The figures of a series in DynamoDB: of one key, by period of UTC: a day, a month, a year, and all of them. */

import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import { dynamoClient, type Item, ifHolds } from "./dynamo.ts";

/** What the rows of one key and period come to. */
export interface Figures {
  readonly key: string;
  /** `day#2026-11-28`, `month#2026-11`, `year#2026` or `all`. */
  readonly period: string;
  readonly records: number;
  readonly anomalies: number;
  /** How many rows have each reason; one row may have several. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The sums of the decimal columns, exact. */
  readonly sums: Readonly<Record<string, string>>;
  /** The first and the last row's time; null when there is no row. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Figures as they were read, and which version of them. */
export interface SeenFigures extends Figures {
  readonly version: number;
}

/** Reads see every write that came before them. */
export interface SeriesFigures {
  get(key: string, period: string): Promise<SeenFigures | null>;
  /** The figures whose period begins so: `day#2026-11-` are the days of that month. */
  within(key: string, beginning: string): Promise<SeenFigures[]>;
  /** Puts figures in place of those seen, null when there were none; false, and nothing changed, when they are others now. */
  put(figures: Figures, seen: SeenFigures | null): Promise<boolean>;
}

export function openSeriesFigures(at: {
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly key: string;
  readonly sums: readonly string[];
}): SeriesFigures {
  const client = at.client ?? dynamoClient();
  const { table: TableName } = at;

  return {
    async get(key, period) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName,
          Key: { [at.key]: { S: key }, period: { S: period } },
          ConsistentRead: true,
        }),
      );
      return Item === undefined ? null : figuresOf(Item, at);
    },

    async within(key, beginning) {
      const found: SeenFigures[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: "#key = :key AND begins_with(#period, :beginning)",
          ExpressionAttributeNames: { "#key": at.key, "#period": "period" },
          ExpressionAttributeValues: { ":key": { S: key }, ":beginning": { S: beginning } },
          ConsistentRead: true,
        },
      );
      for await (const page of pages) found.push(...(page.Items ?? []).map((item) => figuresOf(item, at)));
      return found;
    },

    async put(figures, seen) {
      const condition =
        seen === null
          ? { ConditionExpression: "attribute_not_exists(version)" }
          : {
              ConditionExpression: "version = :seen",
              ExpressionAttributeValues: { ":seen": { N: String(seen.version) } },
            };
      const Item = itemOf(figures, (seen?.version ?? 0) + 1, at);
      return await ifHolds(client.send(new PutItemCommand({ TableName, Item, ...condition })));
    },
  };
}

interface Names {
  readonly key: string;
  readonly sums: readonly string[];
}

function itemOf(figures: Figures, version: number, names: Names): Item {
  const { key, period, records, anomalies, reasons, sums, first, last } = figures;
  return {
    [names.key]: { S: key },
    period: { S: period },
    records: { N: String(records) },
    anomalies: { N: String(anomalies) },
    reasons: { M: Object.fromEntries(Object.entries(reasons).map(([name, n]) => [name, { N: String(n) }])) },
    ...Object.fromEntries(names.sums.map((name) => [name, { N: sums[name] ?? "0" }])),
    ...(first === null ? {} : { first: { S: first } }),
    ...(last === null ? {} : { last: { S: last } }),
    version: { N: String(version) },
  };
}

function figuresOf(item: Item, names: Names): SeenFigures {
  return {
    key: textOf(item[names.key]),
    period: textOf(item.period),
    records: Number(textOf(item.records)),
    anomalies: Number(textOf(item.anomalies)),
    reasons: Object.fromEntries(
      Object.entries(item.reasons?.M ?? {}).map(([name, n]) => [name, Number(textOf(n))]),
    ),
    sums: Object.fromEntries(names.sums.map((name) => [name, textOf(item[name])])),
    first: item.first?.S ?? null,
    last: item.last?.S ?? null,
    version: Number(textOf(item.version)),
  };
}

const textOf = (value: AttributeValue | undefined): string => value?.S ?? value?.N ?? "0";
