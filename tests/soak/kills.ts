/** Kills at random: the daemon, Spark, the job's Python or the functions of a home, found as the processes they are. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Victim } from "@penstock/local/fault-points.ts";
import type { Home } from "@penstock/local/home.ts";

/** How often each was killed while it ran. */
export type Kills = Record<Victim, number>;

/** Sends SIGKILL to what runs of that kind; how many processes there were. */
export function killNow(home: Home, victim: Victim): number {
  const daemon = pidIn(home.daemonFile);
  if (daemon === undefined) return 0;
  const pids =
    victim === "daemon"
      ? [daemon]
      : victim === "spark"
        ? [pidIn(join(home.root, "spark.json"))]
        : childrenOf(daemon, victim);
  return pids.filter((pid) => pid !== undefined && killed(pid)).length;
}

const programs = { job: "job_runner.py", function: "lambda/bootstrap.ts" } as const;

function childrenOf(daemon: number, victim: "job" | "function"): number[] {
  const processes = execFileSync("ps", ["-ww", "-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" });
  return processes.split("\n").flatMap((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === daemon && command.join(" ").includes(programs[victim]) ? [Number(pid)] : [];
  });
}

function pidIn(path: string): number | undefined {
  try {
    return Number(JSON.parse(readFileSync(path, "utf8")).pid);
  } catch {
    return undefined;
  }
}

function killed(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
