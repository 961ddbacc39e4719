import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { activity, probe } from "@penstock/local/client.ts";
import { recordPaths } from "@penstock/local/records.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { say } from "./console.ts";
import type { Laptop } from "./session/laptop.ts";

/** How often one looks, in milliseconds. */
const every = 2000;

/** More notices at once than this are counted, and the newest told. */
const atOnce = 5;

/** What was told already, or was there before. */
export interface Seen {
  readonly served: Map<string, number>;
  readonly notices: Set<string>;
}

/** What is there now, so that `tellLive` tells what comes later. */
export async function seenOn(laptop: Laptop): Promise<Seen> {
  const served = new Map<string, number>();
  for (const pipeline of laptop.pipelines)
    served.set(pipeline.name, (await servedBy(pipeline, laptop)).records);
  return { served, notices: new Set(noticesOn(laptop)) };
}

/**
 * Says what happens on the laptop, rows that are served as they arrive and notices, and keeps its daemon up; until the
 * signal comes, or the daemon is gone.
 */
export async function tellLive(laptop: Laptop, seen: Seen, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const daemon = await probe(laptop.home);
    if (daemon?.url !== laptop.url) return;
    await activity(daemon);
    try {
      await tellNew(laptop, seen);
    } catch (error) {
      if ((await probe(laptop.home))?.url === laptop.url) throw error;
      return;
    }
    await setTimeout(every, undefined, { signal }).catch(() => {});
  }
}

async function tellNew(laptop: Laptop, { served, notices }: Seen): Promise<void> {
  for (const pipeline of laptop.pipelines) {
    const { records, newest } = await servedBy(pipeline, laptop);
    const more = records - (served.get(pipeline.name) ?? 0);
    if (more !== 0) say(`${pipeline.name}: ${more} more served, ${records} in all, the newest of ${newest}`);
    served.set(pipeline.name, records);
  }
  const untold = noticesOn(laptop).filter((file) => !notices.has(file));
  if (untold.length > atOnce) {
    say(`notices: ${untold.length} since the start, in ${laptop.home.inbox}; the newest:`);
  }
  for (const file of untold.slice(untold.length > atOnce ? -1 : 0)) {
    say(`notice: ${subjectOf(file)}`);
  }
  for (const file of untold) notices.add(file);
}

async function servedBy({ name, serves }: Pipeline, { figures }: Laptop) {
  if (serves === undefined) return { records: 0, newest: null };
  const { series, keys } = serves;
  const of = figures(name, series);
  const all = await Promise.all(keys.items.map((item) => of.get(String(item[series.key]), "all")));
  return {
    records: all.reduce((sum, each) => sum + (each?.records ?? 0), 0),
    newest:
      all
        .flatMap((each) => each?.last ?? [])
        .filter((time) => Date.parse(time) <= Date.now())
        .sort()
        .at(-1) ?? null,
  };
}

/** The notices' files, the oldest first. */
const noticesOn = ({ home }: Laptop): readonly string[] => {
  try {
    return recordPaths(home.inbox);
  } catch {
    // before the first notice there is no inbox
    return [];
  }
};

function subjectOf(file: string): string {
  const { Subject: subject } = JSON.parse(readFileSync(file, "utf8")) as { readonly Subject?: string };
  return `${subject ?? "without a subject"} (${file})`;
}
