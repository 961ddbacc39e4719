import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type LookupItem, openLookups } from "./lookups.ts";
import { lookupTable } from "./tables.ts";
import { startDynamo, type TestDynamo } from "./testing/dynamo.ts";

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
  await dynamo.create(lookupTable("lookups", "site_id"));
});
afterAll(() => dynamo.close());

const lookups = () => openLookups({ client: dynamo.client, table: "lookups", key: "site_id" });

const item = (key: string, metric: string, figures: LookupItem["figures"], publish = 1): LookupItem => ({
  key,
  metric,
  figures,
  publish,
  run_id: `run-${publish}`,
});

test("a decimal goes in and out exactly, with every digit", async () => {
  const exact = item("s1", "exact#all", {
    energy: { N: "12345678901234567890123456789012345.678" },
    small: { N: "0.1" },
    name: { S: "Broxden" },
    open: { BOOL: true },
  });
  expect(await lookups().put(exact)).toBe(true);
  expect(await lookups().of("s1")).toEqual([exact]);
  const { Item } = await dynamo.client.send(
    new GetItemCommand({ TableName: "lookups", Key: { site_id: { S: "s1" }, metric: { S: "exact#all" } } }),
  );
  expect(Item?.energy).toEqual({ N: "12345678901234567890123456789012345.678" });
});

test("an older publication neither puts nor deletes over a newer one", async () => {
  const newer = item("s2", "m#all", { n: { N: "2" } }, 8);
  expect(await lookups().put(newer)).toBe(true);
  expect(await lookups().put(item("s2", "m#all", { n: { N: "1" } }, 7))).toBe(false);
  expect(await lookups().delete(newer, 7)).toBe(false);
  expect(await lookups().of("s2")).toEqual([newer]);
  expect(await lookups().delete(newer, 8)).toBe(true);
  expect(await lookups().delete(newer, 8)).toBe(true);
  expect(await lookups().of("s2")).toEqual([]);
});

test("a key's items come by metric and period; a scan has every key's", async () => {
  for (const [key, metric] of [
    ["s3", "b#2026-02"],
    ["s3", "b#2026-01"],
    ["s3", "a#all"],
    ["s4", "a#all"],
  ] as const) {
    await lookups().put(item(key, metric, {}));
  }
  expect((await lookups().of("s3")).map((each) => each.metric)).toEqual(["a#all", "b#2026-01", "b#2026-02"]);
  const keys = new Set<string>();
  for await (const each of lookups().all()) keys.add(each.key);
  expect(keys).toContain("s3");
  expect(keys).toContain("s4");
});

test("items that the table lacks are added many at once, and those not processed again", async () => {
  const items = Array.from({ length: 25 }, (_, at) => item(`added-${at}`, "m#all", { n: { N: String(at) } }));
  let refused = 0;
  const send = dynamo.client.send.bind(dynamo.client);
  const busy = Object.assign(Object.create(dynamo.client), {
    send: async (command: { input: { RequestItems?: Record<string, unknown[]> } }) => {
      const requests = command.input.RequestItems?.["lookups"] ?? [];
      if (requests.length < 10) return await send(command as never);
      refused += 1;
      const later = requests.splice(5);
      await send(command as never);
      return { UnprocessedItems: { lookups: later } };
    },
  });
  await openLookups({ client: busy, table: "lookups", key: "site_id" }).add(items);
  expect(refused).toBeGreaterThan(1);
  for (const each of items) expect(await lookups().of(each.key)).toEqual([each]);
});
