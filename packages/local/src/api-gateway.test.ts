import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ApiGateway } from "./api-gateway.ts";

let folder: string;
let gateway: ApiGateway;
let url: string;
let answer: (event: Event) => unknown;

/** What a test looks at. */
type Event = Readonly<Record<string, unknown>> & {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

async function open(timeoutMs = 30_000): Promise<void> {
  gateway = await ApiGateway.start({
    functions: { meters: "penstock-local-meters-api" },
    account: "000000000000",
    record: join(folder, "apis.json"),
    onRequest: () => {},
    timeoutMs,
    invoke: async (_, event) => {
      try {
        const payload = JSON.stringify(await answer(JSON.parse(event))) ?? "null";
        return { requestId: "r", failed: false, payload, log: [] };
      } catch {
        return { requestId: "r", failed: true, payload: "{}", log: [] };
      }
    },
  });
  url = gateway.urls.meters ?? "";
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "penstock-api-"));
  answer = (event) => ({ statusCode: 200, body: JSON.stringify(event) });
  await open();
});
afterEach(() => {
  gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const told = async (path: string, options: RequestInit = {}): Promise<Event> =>
  (await (await fetch(`${url}${path}`, options)).json()) as Event;

describe("a request", () => {
  test("is an event of payload format 2.0: its path decoded, its query string as it came", async () => {
    const event = await told("/records/site%20%C3%BC%2Fa?start=2026-11-28T10%3A00%3A00Z&a=1&a=2", {
      headers: { "User-Agent": "a test" },
    });
    const host = new URL(url).host;
    expect(event).toEqual({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/records/site ü/a",
      rawQueryString: "start=2026-11-28T10%3A00%3A00Z&a=1&a=2",
      headers: expect.objectContaining({
        host,
        "user-agent": "a test",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": new URL(url).port,
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      }),
      queryStringParameters: { start: "2026-11-28T10:00:00Z", a: "1,2" },
      requestContext: {
        accountId: "000000000000",
        apiId: "penstock-local-meters-api",
        domainName: host,
        domainPrefix: "127",
        http: {
          method: "GET",
          path: "/records/site ü/a",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "a test",
        },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: "$default",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
  });

  test("has its headers in lower case and joined, and its cookies apart", async () => {
    const event = await new Promise<Event>((resolve, reject) => {
      const headers = { "X-Twice": ["a", "b"], Cookie: "one=1; two=2" };
      request(url, { headers }, async (response) => resolve(JSON.parse(await text(response))))
        .on("error", reject)
        .end();
    });
    expect(event.headers["x-twice"]).toBe("a,b");
    expect(event.cookies).toEqual(["one=1", "two=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
  });

  test.each([
    ["application/json", '{"ü":1}', false],
    ["text/csv; charset=utf-8", "a,b", false],
    ["application/problem+json", "{}", false],
    ["application/x-www-form-urlencoded", "a=1", true],
    ["application/octet-stream", "\u0000", true],
  ])("has a body of %s as text or in base64", async (type, body, isBase64) => {
    const event = await told("/", { method: "POST", body, headers: { "content-type": type } });
    expect(event.isBase64Encoded).toBe(isBase64);
    expect(Buffer.from(String(event.body), isBase64 ? "base64" : "utf8").toString()).toBe(body);
  });

  test("that is too large is refused, in its body and in its headers", async () => {
    const large = await fetch(url, { method: "POST", body: "x".repeat(10_000_001) });
    expect([large.status, await large.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
    const headers = await fetch(url, { headers: { "x-long": "x".repeat(11_000) } });
    expect(headers.status).toBe(431);
  });

  test("by another name than this machine's is forbidden, and a path that can't be decoded is bad", async () => {
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: "example.org" } }, (response) => resolve(response.statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
    expect((await fetch(`${url}/%E0%A4%A`)).status).toBe(400);
  });
});

describe("an answer", () => {
  const got = async () => {
    const response = await fetch(url);
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  test("is sent with its status, headers and cookies", async () => {
    answer = () => ({
      statusCode: 404,
      headers: { "Content-Type": "application/problem+json", "X-Number": 3, "Content-Length": "999" },
      cookies: ["a=1; Secure", "b=2"],
      body: "nothing",
    });
    const { status, headers, bytes } = await got();
    expect([status, String(bytes)]).toEqual([404, "nothing"]);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("x-number")).toBe("3");
    expect(headers.get("content-length")).toBe("7");
    expect(headers.getSetCookie()).toEqual(["a=1; Secure", "b=2"]);
  });

  test("in base64 is sent as bytes", async () => {
    answer = () => ({
      statusCode: 200,
      isBase64Encoded: true,
      body: Buffer.from([0, 255]).toString("base64"),
    });
    expect([...(await got()).bytes]).toEqual([0, 255]);
  });

  test("that has no body has no length either", async () => {
    answer = () => ({ statusCode: 304, headers: { etag: '"a"' } });
    const { status, headers, bytes } = await got();
    expect([status, headers.get("etag"), headers.get("content-length"), bytes.length]).toEqual([
      304,
      '"a"',
      null,
      0,
    ]);
  });

  test("without a status code is itself the body", async () => {
    answer = () => ({ hello: "world" });
    const { status, headers, bytes } = await got();
    expect([status, headers.get("content-type"), String(bytes)]).toEqual([
      200,
      "application/json",
      '{"hello":"world"}',
    ]);
  });

  test.each([
    ["a function that fails", () => Promise.reject(new Error("no"))],
    ["a status that is none", () => ({ statusCode: "fine" })],
    ["a body that is no text", () => ({ statusCode: 200, body: { a: 1 } })],
    ["a header that no client may get", () => ({ statusCode: 200, headers: { "x y": "1" } })],
  ])("of %s is an internal error", async (_, fails) => {
    answer = fails;
    const { status, bytes } = await got();
    expect([status, String(bytes)]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("that takes too long is given up", async () => {
    gateway.close();
    await open(50);
    answer = () => sleep(1000);
    const { status, bytes } = await got();
    expect([status, String(bytes)]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});

test("a client that goes away is no harm", async () => {
  answer = () => sleep(50);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await sleep(20);
  socket.destroy();
  await sleep(60);
  answer = () => ({ fine: true });
  expect(await told("/")).toEqual({ fine: true });
});

test("the URL stays over a restart, unless its port was taken", async () => {
  const before = url;
  gateway.close();
  await open();
  expect(url).toBe(before);
  gateway.close();
  const other = createServer().listen(Number(new URL(before).port), "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  await open();
  expect(url).not.toBe(before);
  expect((await told("/x")).rawPath).toBe("/x");
  expect((other.address() as AddressInfo).port).toBe(Number(new URL(before).port));
  other.close();
});
