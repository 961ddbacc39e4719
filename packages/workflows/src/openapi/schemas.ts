/** What the answers of a series' API look like, as JSON Schema. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import { type JsonSchema, jsonSchema } from "@penstock/contracts/targets/json-schema.ts";
import type { Serves } from "../series.ts";
import { mostRecords } from "../series-requests.ts";

/** An instant as it is stored and told. */
export const instant = {
  type: "string",
  format: "date-time",
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$",
} as const;

const count = { type: "integer", minimum: 0 } as const;

export function schemas(serves: Serves, dataset: Dataset): Readonly<Record<string, JsonSchema>> {
  const { series, keys } = serves;
  const reasons = {
    type: "object",
    description: "How many anomalies have each reason; an anomaly may have several.",
    additionalProperties: { type: "integer", minimum: 1 },
  };
  const sums = Object.fromEntries(
    series.sums.map((name) => [name, { type: "number", description: `The sum of ${name}, exact.` }]),
  );
  return {
    Record: record(dataset),
    Records: object("The records of one key, in the order asked for.", {
      [series.key]: { type: "string" },
      records: { type: "array", maxItems: mostRecords, items: { $ref: "#/components/schemas/Record" } },
      next_cursor: {
        type: ["string", "null"],
        description: "The `cursor` of a request for the records after these; null when these are the last.",
      },
    }),
    Key: object(`One of the ${keys.name}.`, keyFields(serves)),
    Keys: object(`All ${keys.name}.`, {
      [keys.name]: { type: "array", items: { $ref: "#/components/schemas/Key" } },
    }),
    KeyFigures: object("The figures of one key over all its records.", {
      [series.key]: { type: "string" },
      records: count,
      anomalies: count,
      ...sums,
      anomaly_reasons: reasons,
      first: { ...instant, type: ["string", "null"], description: "The time of its first record." },
      last: { ...instant, type: ["string", "null"], description: "The time of its last record." },
    }),
    Summary: object("The figures of all records.", {
      total_records: count,
      total_anomalies: count,
      anomaly_rate: {
        type: "number",
        minimum: 0,
        maximum: 1,
        description: "Anomalies by records; 0 when there are none.",
      },
      ...sums,
      anomaly_reasons: reasons,
      [`${series.key}s`]: { type: "array", items: { type: "string" } },
      [keys.name]: { type: "array", items: { $ref: "#/components/schemas/KeyFigures" } },
      freshness: object("How old the newest record is.", {
        newest: { ...instant, type: ["string", "null"] },
        age_seconds: {
          type: ["integer", "null"],
          description: "Negative when the newest record is in the future.",
        },
      }),
    }),
    Problem: problem,
  };
}

/** A row as it is served: decimals are numbers with all their digits. */
function record(dataset: Dataset): JsonSchema {
  const { properties } = jsonSchema(dataset) as { readonly properties: Record<string, JsonSchema> };
  const served = Object.entries(dataset.columns).map(([name, column]): [string, JsonSchema] => {
    const { pattern: _, type: __, ...rest } = properties[name] ?? {};
    if (column.kind === "decimal")
      return [name, { ...rest, type: column.nullable ? ["number", "null"] : "number" }];
    return [name, properties[name] ?? {}];
  });
  return object(dataset.description, {
    ...Object.fromEntries(served),
    anomaly: { type: "boolean", description: "Whether there is something wrong with the record." },
    anomaly_reasons: {
      type: "array",
      items: { type: "string" },
      description: "What is wrong with it; empty when nothing is.",
    },
  });
}

function keyFields({ keys }: Serves): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(keys.fields).map(([name, description]) => {
      const isText = keys.items.some((item) => typeof item[name] === "string");
      return [name, { type: isText ? "string" : "number", description }];
    }),
  );
}

const problem: JsonSchema = {
  type: "object",
  description: "What was wrong with a request, as RFC 9457 has it.",
  properties: {
    type: { type: "string", format: "uri-reference", description: "`about:blank`: the status says it all." },
    title: { type: "string", description: "The status in words." },
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: { type: "string", description: "What was found, and what was expected." },
    parameter: { type: "string", description: "The parameter that is wrong, when it is one." },
  },
  required: ["type", "title", "status", "detail"],
  additionalProperties: false,
};

function object(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    type: "object",
    description,
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
