/** The operations of a series' API, as OpenAPI describes them. */

import type { Serves } from "../series.ts";
import {
  mostRecords,
  orders,
  type RecordParameter,
  type RecordRoute,
  recordParameters,
} from "../series-requests.ts";

type Json = Readonly<Record<string, unknown>>;

/** A list or figures: a request without parameters. */
export function plainOperation(asked: {
  readonly id: string;
  readonly summary: string;
  readonly schema: string;
  readonly example: unknown;
  /** What may be asked next with something of the answer. */
  readonly links?: Json;
}): Json {
  return {
    operationId: asked.id,
    summary: asked.summary,
    responses: {
      "200": {
        ...found(asked.summary, asked.schema, asked.example),
        ...(asked.links === undefined ? {} : { links: asked.links }),
      },
      "304": notModified,
      "400": problem("A parameter that there is none of.", 400, {
        detail: 'unknown parameter: found "from"; this route has none',
        parameter: "from",
      }),
      ...ofAll,
    },
  };
}

/** The rows of a key between two instants, or the anomalies among them. */
export function recordsOperation(serves: Serves, route: RecordRoute, example: Json): Json {
  const { key } = serves.series;
  const summary =
    route === "records" ? "The records of one key." : "The records of one key that are anomalies.";
  const ids = serves.keys.items.flatMap((item) => item[key] ?? []);
  return {
    operationId: route,
    summary,
    parameters: [
      {
        name: key,
        in: "path",
        required: true,
        description: serves.keys.fields[key] ?? "",
        schema: { type: "string", minLength: 1 },
        examples: Object.fromEntries(ids.slice(0, 3).map((id) => [String(id), { value: id }])),
      },
      ...recordParameters.map((name) => ({ name, in: "query", required: false, ...parameters[name] })),
    ],
    responses: {
      "200": found(summary, "Records", example),
      "304": notModified,
      "400": problem("A parameter that is wrong; the answer names it.", 400, {
        detail: 'start: found "2025-02-30", expected a day that exists',
        parameter: "start",
      }),
      "404": problem("There is no such key.", 404, {
        detail: `${key}: found "nowhere", expected one of those at /${serves.keys.name}`,
        parameter: key,
      }),
      ...ofAll,
    },
  };
}

const time = {
  anyOf: [
    { type: "string", format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    { type: "string", format: "date-time" },
  ],
};

const parameters: Readonly<Record<RecordParameter, Json>> = {
  start: {
    description:
      "The first instant, or the day that begins with it in UTC: `2026-11-28`, `2026-11-28T21:05:00Z`, `2026-11-28T23:05:00+02:00`. From the first record when it is left out.",
    schema: time,
    examples: { day: { value: "2026-11-01" }, instant: { value: "2026-11-01T06:00:00Z" } },
  },
  end: {
    description:
      "The last instant, or the day that ends with it in UTC, both included. To the last record when it is left out; never before `start`.",
    schema: time,
    examples: { day: { value: "2026-11-30" }, instant: { value: "2026-11-30T18:00:00+02:00" } },
  },
  limit: {
    description: "The most records that the answer has.",
    schema: { type: "integer", minimum: 1, maximum: mostRecords, default: mostRecords },
    example: 100,
  },
  order: {
    description: "`asc`: the oldest first. `desc`: the newest first.",
    schema: { type: "string", enum: orders, default: "asc" },
    example: "asc",
  },
  cursor: {
    description:
      "The `next_cursor` of an answer, for the records after it. All other parameters but `limit` must be as they were.",
    schema: { type: "string", minLength: 1 },
  },
  start_date: { description: "Another name of `start`; not both.", deprecated: true, schema: time },
  end_date: { description: "Another name of `end`; not both.", deprecated: true, schema: time },
};

const headers = {
  ETag: {
    description:
      "What the answer is known by: with `If-None-Match` it is sent again only when it is another.",
    schema: { type: "string" },
    example: 'W/"sVj0VDLTFrHY2YeyKAAvtQ"',
  },
};

const found = (description: string, schema: string, example: unknown): Json => ({
  description,
  headers,
  content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` }, example } },
});

const notModified = { description: "The answer is still the one of `If-None-Match`.", headers };

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

const problem = (description: string, status: number, example: Json): Json => ({
  description,
  content: {
    "application/problem+json": {
      schema: { $ref: "#/components/schemas/Problem" },
      example: { type: "about:blank", title: titles[status], status, ...example },
    },
  },
});

/** What any request may be answered. */
const ofAll = {
  "500": problem("A fault of the API itself.", 500, { detail: "the request could not be answered" }),
  "503": problem("Too many requests at this moment: ask again later.", 503, {
    detail: "too many requests at this moment",
  }),
};
