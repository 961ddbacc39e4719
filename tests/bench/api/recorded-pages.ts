import { pipelineNames } from "@penstock/lake/names.ts";
import { seriesTable } from "@penstock/lake/tables.ts";
import { startDynamo } from "@penstock/lake/testing/dynamo.ts";
import { at, row } from "@penstock/steps/api/testing/api.ts";

/** The attributes that the API asks for. */
const attributes = [
  "site_id",
  "timestamp",
  "energy_generated_kwh",
  "energy_consumed_kwh",
  "net_energy_kwh",
  "note",
  "anomaly",
  "anomaly_reasons",
];

/** A query for all rows of a site that has so many, as a DynamoDB answered it: the body of each page. */
export async function recordedPages(rows: number): Promise<string[]> {
  const dynamo = await startDynamo();
  const table = pipelineNames({ name: "bench" }, "api").series("readings");
  await dynamo.create(seriesTable(table, { key: "site_id", time: "timestamp" }));
  await dynamo.put(
    table,
    Array.from({ length: rows }, (_, reading) => row("site-alpha", reading)),
  );
  const names = Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name]));
  const pages: string[] = [];
  let after: unknown;
  do {
    const answer = await fetch(dynamo.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.Query",
        "x-amz-date": "20260101T000000Z",
        authorization: "AWS4-HMAC-SHA256 Credential=bench, SignedHeaders=host, Signature=bench",
      },
      body: JSON.stringify({
        TableName: table,
        KeyConditionExpression: "site_id = :site AND #a1 BETWEEN :from AND :to",
        ProjectionExpression: Object.keys(names).join(", "),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ":site": { S: "site-alpha" },
          ":from": { S: at(0) },
          ":to": { S: at(rows) },
        },
        ExclusiveStartKey: after,
      }),
    });
    const page = await answer.text();
    if (!answer.ok) throw new Error(`DynamoDB refused the query: ${page}`);
    pages.push(page);
    after = JSON.parse(page).LastEvaluatedKey;
  } while (after !== undefined);
  await dynamo.close();
  return pages;
}
