import { expect, test } from "@jest/globals";
import { namedErrors, toldCause, toldText } from "./told-cause.ts";

const secret = "driver-4711@example.org";

test.each([
  ["GateFailed", "sessions: quarantined at most 0.2 (0.31)"],
  ["SanityCheckFailed", "sanity query no_key_twice finds rows that offend"],
  ["BadReport", "it is empty"],
  ["Penstock.DaemonEnded", "The local daemon ended while this execution ran."],
])("%s is told as it is", (error, cause) => {
  expect(toldCause(error, cause)).toBe(cause);
});

test.each([
  [
    `NumberFormatException: [CAST_INVALID_INPUT] The value '${secret}' of the type "STRING" cannot be cast`,
    "NumberFormatException [CAST_INVALID_INPUT]",
  ],
  [
    `Py4JJavaError: An error occurred while calling o81.save.\n: org.apache.spark.SparkException: Job aborted: ${secret}\nCaused by: java.lang.IllegalStateException: ${secret}`,
    "Py4JJavaError, SparkException, IllegalStateException",
  ],
  [
    `Error Category: UNCLASSIFIED_ERROR; ValueError: could not convert string to float: '${secret}'`,
    "ValueError",
  ],
  [`INVALID_CAST_ARGUMENT: Cannot cast '${secret}' to BIGINT`, "INVALID_CAST_ARGUMENT"],
  [
    "Spark's JVM ended during the run: it ran out of memory. The next run starts a new one.",
    "out of memory, Spark's JVM ended during the run",
  ],
  [`OSError: [Errno 28] No space left on device: '/lake/${secret}'`, "No space left on device, OSError"],
  [
    `Py4JJavaError: An error occurred while calling o81.save.\n: org.apache.spark.SparkException: Job aborted: ${secret}\nCaused by: java.io.IOException: No space left on device`,
    "No space left on device, Py4JJavaError, SparkException",
  ],
  ["ENOSPC: no space left on device, write", "no space left on device"],
  [`The job's process ended with exit code 7.\n${secret}`, "The job's process ended with exit code 7"],
  [
    `${secret}; FileChangedError: raw/a b.csv was replaced by another content while it was read. Nothing is published; the next attempt reads what is there now\n${secret}`,
    "raw/a b.csv was replaced by another content while it was read. Nothing is published; the next attempt reads what is there now, FileChangedError",
  ],
  [secret, "its message may quote rows"],
  ["", "its message may quote rows"],
])("of %j only the names of errors are told", (cause, told) => {
  expect(toldCause("States.TaskFailed", cause)).toBe(told);
  expect(toldText(cause)).not.toContain(secret);
});

test("a long traceback is told by its first errors", () => {
  const text = ["A", "B", "C", "D"].map((name) => `Caused by: ${name}Exception: ${secret}`).join("\n");
  expect(namedErrors(text)).toEqual(["AException", "BException", "CException"]);
});
