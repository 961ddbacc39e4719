/** Proofs for the compiler: each line marked as an error must be one, or `tsc` fails. */

import { expect, test } from "@jest/globals";
import { equals } from "./condition.ts";
import { choice, fail, lambda, pass, publish, succeed, wait } from "./state.ts";
import { branch, workflow } from "./workflow.ts";

const facts = { resultAt: null, timeoutSeconds: 60, reads: [], writes: [] } as const;
const call = { ...facts, function: "f", payload: {}, returns: [] };
const message = { ...facts, subject: "", message: "", attributes: {} };
const frame = { comment: "", timeoutSeconds: 1 } as const;
const F = fail({ error: "E", cause: "c" });

/** Never called: only its types matter. */
function typed(): void {
  const good = { A: lambda({ ...call, next: "B" }), B: succeed(), F };
  workflow({ ...frame, startAt: "A", onFailure: "F", states: good });

  // @ts-expect-error startAt names no state
  workflow({ ...frame, startAt: "Nowhere", onFailure: "F", states: good });

  // @ts-expect-error onFailure names no state
  workflow({ ...frame, startAt: "A", onFailure: "Nowhere", states: good });

  workflow({
    ...frame,
    startAt: "A",
    onFailure: "F",
    states: {
      // @ts-expect-error its next names no state
      A: lambda({ ...call, next: "Nowhere" }),
      // @ts-expect-error its onError names no state
      E: publish({ ...message, next: "F", onError: "Nowhere" }),
      // @ts-expect-error one of its rules names no state
      C: choice({ when: [{ is: equals("$.a", 1), next: "Nowhere" }], otherwise: "F" }),
      // @ts-expect-error its otherwise names no state
      D: choice({ when: [], otherwise: "Nowhere" }),
      // @ts-expect-error its next names no state
      P: pass({ result: {}, resultAt: null, next: "Nowhere" }),
      // @ts-expect-error its next names no state
      W: wait({ seconds: 1, next: "Nowhere" }),
      F,
    },
  });

  branch({
    startAt: "A",
    states: {
      // @ts-expect-error a branch can't go to a state outside it
      A: wait({ seconds: 1, next: "F" }),
      B: succeed(),
    },
  });

  // @ts-expect-error a task says what it reads and writes
  lambda({ resultAt: null, timeoutSeconds: 1, function: "f", payload: {}, returns: [], next: "B" });
}

test("a next can only name a state that exists", () => {
  expect(typeof typed).toBe("function");
});
