import { expect, test } from "@jest/globals";
import { harmless } from "./harmless.ts";

test.each([
  ["plain text", "Bay 3\tfree\nBay 4\ttaken\n", "Bay 3\tfree\nBay 4\ttaken\n"],
  ["colours", "\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m"],
  ["a new title for the window", "\u001b]0;owned\u0007", "␛]0;owned␇"],
  ["a cursor that goes up and writes over", "x\u001b[1A\u001b[2Kok\r", "x␛[1A␛[2Kok␍"],
  ["what one byte begins instead of two", "\u009b2J\u007f", "\ufffd2J␡"],
])("%s", (_, text, shown) => {
  expect(harmless(text)).toBe(shown);
});
