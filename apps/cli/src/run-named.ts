import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { distance } from "fastest-levenshtein";
import { Failure, WrongUsage } from "./failure.ts";
import type { Session } from "./session/session.ts";

/** How many of each pipeline's newest runs a misspelt id is compared with. */
const newest = 50;

/** The run of that id, whichever pipeline's. @throws WrongUsage with the nearest id and the latest */
export async function runNamed(session: Session, id: string): Promise<{ pipeline: Pipeline; run: Run }> {
  const { pipelines, firstCommand } = session;
  for (const pipeline of pipelines) {
    const run = await session.ledger(pipeline.name).run(id);
    if (run !== null) return { pipeline, run };
  }
  const runs = await Promise.all(pipelines.map(({ name }) => session.ledger(name).runs(newest)));
  throw unknownRun(
    id,
    runs.flat().map((run) => run.run_id),
    firstCommand,
  );
}

/**
 * @param known ids of runs, which begin with the time of their claim
 * @param firstCommand what to type when there is none
 */
export function unknownRun(id: string, known: readonly string[], firstCommand: string): Error {
  const latest = known.toSorted().toReversed();
  if (latest.length === 0) return new Failure(`nothing has run yet; begin with: ${firstCommand}`);
  const [nearest] = latest.toSorted((a, b) => distance(id, a) - distance(id, b));
  return new WrongUsage(
    `there is no run ${JSON.stringify(id)}; did you mean ${nearest}? The latest: ${latest.slice(0, 3).join(", ")}`,
  );
}
