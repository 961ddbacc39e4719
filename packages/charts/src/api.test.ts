import { describe, expect, test } from "@jest/globals";
import { type Api, openApi } from "./api.ts";

const json = (body: unknown, init?: ResponseInit) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" }, ...init });

/** An API that answers so, and what it was asked. */
function apiOf(answer: (url: URL) => Response, base = "http://api.test/"): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const ask = async (input: unknown) => {
    asked.push(String(input));
    return answer(new URL(String(input)));
  };
  return { api: openApi(base, ask as typeof fetch, async () => {}), asked };
}

async function all(pages: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe("pages", () => {
  test("follow the cursor, with the same parameters, to its end", async () => {
    const { api, asked } = apiOf(({ searchParams }) => {
      const at = Number(searchParams.get("cursor") ?? 0);
      return json({ at, next_cursor: at < 2 ? String(at + 1) : null });
    });
    const found = await all(api.pages(["records", "a"], { start: "2026-11-01" }));
    expect(found).toEqual([0, 1, 2].map((at) => expect.objectContaining({ at })));
    expect(asked).toEqual([
      "http://api.test/records/a?start=2026-11-01",
      "http://api.test/records/a?start=2026-11-01&cursor=1",
      "http://api.test/records/a?start=2026-11-01&cursor=2",
    ]);
  });

  test("of a server that turns in a circle end", async () => {
    const { api } = apiOf(() => json({ next_cursor: "again" }));
    await expect(all(api.pages(["x"]))).rejects.toThrow("the same next_cursor twice");
  });
});

test("an address may end in a path, and an id in a path is escaped", async () => {
  const { api, asked } = apiOf(() => json({}), "https://api.test/prod/");
  await api.get(["records", "../a b?c#d"]);
  expect(asked).toEqual(["https://api.test/prod/records/..%2Fa%20b%3Fc%23d"]);
  await expect(api.get(["records", ".."])).rejects.toThrow('the API names ".."');
});

test("a throttled API is asked again", async () => {
  let times = 0;
  const { api } = apiOf(() => json({ times }, { status: ++times < 3 ? 429 : 200 }));
  expect(await api.get(["x"])).toEqual({ times: 2 });
});

describe("what goes wrong says what to do", () => {
  test.each<[string, () => Response, string]>([
    [
      "a problem",
      () => json({ title: "Bad date", detail: "start\u001b[31m" }, { status: 400 }),
      "answered 400 (Bad date: start [31m)",
    ],
    ["another place", () => new Response("no", { status: 404 }), "where the pipeline's API begins"],
    ["a closed door", () => json({}, { status: 403 }), "sends no credentials"],
    [
      "a web page",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      "answered text/html, expected JSON: this is not the API",
    ],
    ["a server that stays down", () => json({}, { status: 503 }), "answered 503"],
    [
      "nobody there",
      () => {
        throw new TypeError("fetch failed", {
          cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
        });
      },
      "can't reach http://api.test (ECONNREFUSED): check the address, and that the API is up",
    ],
  ])("%s", async (_, answer, message) => {
    const { api } = apiOf(answer);
    await expect(api.get(["sites"])).rejects.toThrow(message);
  });
});
