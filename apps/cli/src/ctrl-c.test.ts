import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { passOnCtrlC, StoppedWatching, untilCtrlC } from "./ctrl-c.ts";

test("Ctrl-C ends the sleep, and says what goes on", async () => {
  const watching = untilCtrlC("it goes on", (signal) => sleep(60_000, undefined, { signal }));
  process.emit("SIGINT");
  await expect(watching).rejects.toThrow(new StoppedWatching("it goes on"));
  expect(process.listenerCount("SIGINT")).toBe(0);
});

test("what is done, and what fails by itself, is as it is", async () => {
  expect(await untilCtrlC("", async () => 7)).toBe(7);
  await expect(untilCtrlC("", () => Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
  expect(process.listenerCount("SIGINT")).toBe(0);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s is passed on as Ctrl-C, but for those that are held, until that is ended",
  (signal) => {
    const heard: string[] = [];
    const end = passOnCtrlC({ kill: (name) => heard.push(name) > 0 }, 1, () => heard.push("told"));
    for (let times = 0; times < 3; times += 1) process.emit(signal);
    end();
    expect(heard).toEqual(["told", "told", "SIGINT", "told", "SIGINT"]);
    expect(process.listenerCount(signal)).toBe(0);
  },
);
