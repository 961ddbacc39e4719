/**
 * `pnpm kill-matrix [pipeline] [--part i/n]`: every point of a run with every kind of kill, each alone and from the same
 * beginning: what the run comes to is what it comes to undisturbed. A part takes every nth case.
 */

import { isDeepStrictEqual, parseArgs } from "node:util";
import type { Fault } from "@penstock/local/fault-points.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { matrix } from "../support/kill-points.ts";
import { hasStory } from "../support/kill-story.ts";
import { Killing, type Told } from "../support/killing.ts";
import { faultsFolder } from "../support/laptop.ts";
import { writeFigures } from "./figures.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: "string", default: "1/1" }, only: { type: "string", default: "" } },
});
const pipeline = pipelineNamed(positionals[0]);
const [part = 1, parts = 1] = options.part.split("/").map(Number);
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

process.env.PENSTOCK_FAULTS = faultsFolder;
const killing = new Killing(pipeline);
let interrupted = false;
process.once("SIGINT", () => {
  interrupted = true;
  say("interrupted: cleaning up");
  void killing.laptop.end().then(() => process.exit(130));
});
try {
  process.exitCode = (await tryAll()) ? 0 : 1;
} catch (error) {
  if (!interrupted) throw error;
} finally {
  if (!interrupted) await killing.laptop.end();
}

async function tryAll(): Promise<boolean> {
  const began = Date.now();
  await killing.begin();
  const undisturbed = await killing.tell([]);
  const all = matrix(undisturbed.points).filter(({ point, kill }) =>
    `${point} ${kill}`.includes(options.only),
  );
  const cases = all.filter((_, at) => at % parts === part - 1);
  const counts = { same: 0, "nothing to kill": 0, wrong: 0 };
  for (const [at, fault] of cases.entries()) {
    const told = await killing.tell([fault]);
    const wrong = verdictOf(told, undisturbed);
    const end = told.killed.length === 0 ? "nothing to kill" : "same";
    const verdict = wrong.length > 0 ? "wrong" : end;
    counts[verdict] += 1;
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    say(`${seconds} s  ${at + 1}/${cases.length}  ${nameOf(fault)}: ${[verdict, ...wrong].join("; ")}`);
  }
  if (options.only === "") {
    writeFigures(`Kill matrix of ${pipeline.name}`, {
      "points of a run": new Set(all.map(({ point }) => point)).size,
      "points times what can be killed there": all.length,
      "tried in this part": cases.length,
      "ended as if undisturbed": counts.same,
      "nothing of that kind ran there": counts["nothing to kill"],
      "ended otherwise": counts.wrong,
      seconds: Math.round((Date.now() - began) / 1000),
    });
  }
  return counts.wrong === 0;
}

function verdictOf({ outcome, missed }: Told, undisturbed: Told): string[] {
  const expected = undisturbed.outcome;
  const differing = [...Object.keys(expected.tables), ...Object.keys(expected.items)].filter(
    (name) =>
      !isDeepStrictEqual(outcome.tables[name], expected.tables[name]) ||
      !isDeepStrictEqual(outcome.items[name], expected.items[name]),
  );
  return [
    ...differing.map((name) => `${name} differs`),
    ...(outcome.told === expected.told ? [] : [`told: ${outcome.told ?? "nothing"}`]),
    ...outcome.contradictions.map((notice) => `told later: ${notice}`),
    ...missed.map((fault) => `never came to ${nameOf(fault)}`),
  ];
}

/** The pipeline of that name, or the first with a folder of files to be killed on. */
function pipelineNamed(name: string | undefined): Pipeline {
  const withStory = pipelines.filter(hasStory);
  const found = withStory.find((each) => each.name === (name ?? withStory[0]?.name));
  if (!found) throw new Error(`${name} is none of ${withStory.map((each) => each.name).join(", ")}`);
  return found;
}

function nameOf({ point, kill }: Fault): string {
  return `${point}, ${kill} killed`;
}
