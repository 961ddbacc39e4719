import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { say } from "./console.ts";
import type { Laptop } from "./session/laptop.ts";

/** How often one looks, in milliseconds. */
const every = 2000;

/** Says what happens on the laptop until the signal comes: rows that are served as they arrive, and notices. */
export async function tellLive(laptop: Laptop, signal: AbortSignal): Promise<void> {
  const noticesSeen = new Set(notices(laptop));
  const served = new Map<string, number>();
  for (const pipeline of laptop.pipelines)
    served.set(pipeline.name, (await servedBy(pipeline, laptop)).records);
  while (!signal.aborted) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, every);
      signal.addEventListener("abort", () => [clearTimeout(timer), resolve()], { once: true });
    });
    for (const pipeline of laptop.pipelines) {
      const { records, newest } = await servedBy(pipeline, laptop);
      const more = records - (served.get(pipeline.name) ?? 0);
      if (more !== 0)
        say(`${pipeline.name}: ${more} more served, ${records} in all, the newest of ${newest}`);
      served.set(pipeline.name, records);
    }
    for (const file of notices(laptop)) {
      if (noticesSeen.has(file)) continue;
      noticesSeen.add(file);
      say(`notice: ${subjectOf(join(laptop.home.inbox, file))}`);
    }
  }
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

const notices = ({ home }: Laptop): readonly string[] => {
  try {
    return readdirSync(home.inbox).sort();
  } catch {
    // before the first notice there is no inbox
    return [];
  }
};

function subjectOf(file: string): string {
  const { Subject: subject } = JSON.parse(readFileSync(file, "utf8")) as { readonly Subject?: string };
  return `${subject ?? "without a subject"} (${file})`;
}
