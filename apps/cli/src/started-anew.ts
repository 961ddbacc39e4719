import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { probe } from "@penstock/local/client.ts";
import type { Home } from "@penstock/local/home.ts";

/** What a daemon takes to come up on a busy machine, in milliseconds. */
const longest = 10_000;

/** Whether another daemon comes up in place of one that went, as after a change of the code. */
export async function isStartedAnew(home: Home, patience = longest): Promise<boolean> {
  for (const giveUp = Date.now() + patience; ; await setTimeout(100)) {
    if ((await probe(home)) !== undefined) return true;
    // a daemon that dies leaves its file there
    if (existsSync(home.daemonFile) || Date.now() > giveUp) return false;
  }
}
