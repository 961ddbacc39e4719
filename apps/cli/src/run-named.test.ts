import { expect, test } from "@jest/globals";
import { Failure, WrongUsage } from "./failure.ts";
import { unknownRun } from "./run-named.ts";

test("an unknown run's nearest and the latest are named", () => {
  const known = ["20261120T225320Z-43f916", "20261121T060012Z-9b01aa", "20261122T060012Z-9b01ab"];
  const error = unknownRun("20261120T225320Z-43f91", known, "pnpm start");
  expect(error).toBeInstanceOf(WrongUsage);
  expect(error.message).toBe(
    'there is no run "20261120T225320Z-43f91"; did you mean 20261120T225320Z-43f916? The latest: ' +
      "20261122T060012Z-9b01ab, 20261121T060012Z-9b01aa, 20261120T225320Z-43f916",
  );
});

test("before the first run it says how to begin", () => {
  const error = unknownRun("x", [], "pnpm start");
  expect(error).toBeInstanceOf(Failure);
  expect(error.message).toBe("nothing has run yet; begin with: pnpm start");
});
