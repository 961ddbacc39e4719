import { mkdirSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the laptop's state lies: one folder, `$PENSTOCK_HOME`, with a place for each service. */
export interface Home {
  readonly root: string;
  /** Written when the daemon is up: `{pid, url, started_at, build}`. */
  readonly daemonFile: string;
  /** Locked by the daemon as long as it runs. */
  readonly ownerLock: string;
  /** Written when Spark is up: the process that hosts it. */
  readonly sparkFile: string;
  readonly dynamodb: string;
  readonly executions: string;
  readonly jobRuns: string;
  readonly events: string;
  /** The events that functions have not taken yet. */
  readonly functionEvents: string;
  readonly queues: string;
  /** The ports of the pipelines' HTTP APIs. */
  readonly apis: string;
  readonly inbox: string;
  readonly secrets: string;
  readonly logs: string;
  /** Spark's and the jobs' scratch space: safe to delete when no daemon runs. */
  readonly scratch: string;
  /** The lake's folder, and the same as a URL that ends in a slash. */
  readonly lake: string;
  readonly lakeUrl: string;
}

/** The places under `root`, absolute; creates nothing. */
export function homeAt(root: string): Home {
  const at = resolve(root);
  const lake = join(at, "lake");
  return {
    root: at,
    daemonFile: join(at, "daemon.json"),
    ownerLock: join(at, "owner.lock"),
    sparkFile: join(at, "spark.json"),
    dynamodb: join(at, "dynamodb"),
    executions: join(at, "executions"),
    jobRuns: join(at, "job-runs"),
    events: join(at, "events"),
    functionEvents: join(at, "function-events"),
    queues: join(at, "queues"),
    apis: join(at, "apis.json"),
    inbox: join(at, "inbox"),
    secrets: join(at, "secrets"),
    logs: join(at, "logs"),
    scratch: join(at, "scratch"),
    lake,
    lakeUrl: `${pathToFileURL(lake).href}/`,
  };
}

/** Makes the folders that are missing. */
export function makeHome(home: Home): void {
  const folders = [
    home.executions,
    home.jobRuns,
    home.events,
    home.inbox,
    home.logs,
    home.scratch,
    home.lake,
  ];
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  mkdirSync(home.secrets, { recursive: true, mode: 0o700 });
}

/** The names in the home's folder that no daemon gave, such as those of a folder that is no home. */
export function foreignIn(home: Home): readonly string[] {
  const { root, lakeUrl: _, ...places } = home;
  const own = Object.values(places).map((path) => relative(root, path));
  const isOwn = (name: string) =>
    own.some(
      (each) =>
        name === each ||
        name === `${each}-journal` ||
        (name.startsWith(`${each}.`) && name.endsWith(".unfinished")),
    );
  return readdirSync(root).filter((name) => !isOwn(name));
}
