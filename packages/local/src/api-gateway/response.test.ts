import { expect, test } from "@jest/globals";
import { responseOf } from "./response.ts";

const response = (answer: unknown) => responseOf(JSON.stringify(answer));

test("an answer has a status, headers in lower case, cookies and a body; how it is framed is not its business", () => {
  const headers = { "X-Number": 3, "Content-Length": "999", "Transfer-Encoding": "chunked" };
  expect(response({ statusCode: 201, headers, cookies: ["a=1", "b=2"], body: "made" })).toEqual({
    status: 201,
    headers: { "content-type": "text/plain;charset=UTF-8", "x-number": "3", "set-cookie": ["a=1", "b=2"] },
    body: "made",
  });
});

test("a body in base64 is bytes", () => {
  const body = Buffer.from([0, 255]).toString("base64");
  const sent = response({ statusCode: 200, isBase64Encoded: true, body })?.body;
  expect([...Buffer.from(sent ?? "")]).toEqual([0, 255]);
});

test.each([[{ hello: "world" }], ["a text"], [null], [[1]]])(
  "%j has no status code and is itself the body",
  (answer) => {
    expect(response(answer)).toEqual({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(answer),
    });
  },
);

test.each([
  ["a status that is none", { statusCode: "fine" }],
  ["a status that ends no request", { statusCode: 100 }],
  ["a body that is no text", { statusCode: 200, body: { a: 1 } }],
  ["headers that are none", { statusCode: 200, headers: ["a"] }],
  ["cookies that are none", { statusCode: 200, cookies: "a=1" }],
])("%s stands for no response", (_, answer) => {
  expect(response(answer)).toBeUndefined();
});
