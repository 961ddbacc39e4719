import { expect, test } from "@jest/globals";
import { unambiguous } from "./raw-path.ts";

test.each([
  ["/records/site-alpha", "/records/site-alpha"],
  ["/records/a#b", "/records/a%23b"],
  ["/records/a?b", "/records/a%3Fb"],
  ["/records/100%", "/records/100%25"],
  ["/records/%zz%2", "/records/%25zz%252"],
  ["/records/a%2Fb", "/records/a%2Fb"],
  ["/records/a\\b", "/records/a%5Cb"],
  ["/records/a\u0000", "/records/a%00"],
  ["/records/a\tb ", "/records/a%09b%20"],
])("%j is asked for as %s", (rawPath, expected) => {
  const event = { version: "2.0", rawPath, body: "x" };
  expect(unambiguous(event as unknown as Parameters<typeof unambiguous>[0])).toMatchObject({
    rawPath: expected,
    body: null,
  });
});
