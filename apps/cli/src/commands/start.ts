import { existsSync } from "node:fs";
import { join } from "node:path";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Command } from "commander";
import { colours, printJson, say } from "../console.ts";
import { Failure } from "../failure.ts";
import type { Seen } from "../live.ts";
import type { Laptop } from "../session/laptop.ts";

/** `penstock start`: everything up, every pipeline once, then what to try next. */
export function startCommand(program: Command): void {
  program
    .command("start")
    .description("everything up: sample data, every pipeline once, then what to try next")
    .option("--once", "end when every pipeline has run, instead of staying up", false)
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText("after", "\nExamples:\n  pnpm start\n  pnpm start --once")
    .action(async (options: { once: boolean; json: boolean }) => {
      const { openLaptop } = await import("../session/laptop.ts");
      const { firstFiles } = await import("../first-files.ts");
      const { runPipeline } = await import("../run-pipeline.ts");
      const { tellRun } = await import("../tell-run.ts");
      const { seenOn } = await import("../live.ts");
      const session = await openLaptop();
      const seen = await seenOn(session);
      const results = [];
      for (const pipeline of pipelines) {
        say(`\n${colours.bold(pipeline.name)}: ${pipeline.description}`);
        const keys = await firstFiles(pipeline, session);
        const result = await runPipeline(session, pipeline, { keys, again: false });
        tellRun(session, pipeline, result);
        results.push({ pipeline: pipeline.name, ...result });
      }
      if (options.json) printJson({ url: session.url, home: session.home.root, runs: results });
      const failed = results.filter((result) => result.status === "FAILED");
      if (failed.length > 0) {
        throw new Failure(`${failed.map((result) => `${result.pipeline}: ${result.error}`).join("; ")}`);
      }
      await whatNext(session);
      if (!options.once) await stayUp(session, seen);
    });
}

/** Things to type, each of which works as it stands. */
async function whatNext({ url, apis }: Laptop): Promise<void> {
  const { ownFile } = await import("../uploads.ts");
  const commands = [
    ["sql --list", "the analysts' queries, by name"],
    ["status", "what ran, what waits, what is late"],
    ...Object.keys(apis).map((name) => [`charts ${name}`, "its charts, as pages that need no network"]),
    ...pipelines.map((pipeline) => [
      `run ${pipeline.name} --input ${ownFile(pipeline)}`,
      `your own file into ${pipeline.trigger.prefix}`,
    ]),
    ["--help", "everything else"],
  ] as const;
  const widest = Math.max(...commands.map(([words = ""]) => words.length));
  say(`
${colours.bold("What to try next")}
${commands.map(([words = "", does]) => `  pnpm penstock ${words.padEnd(widest)}  ${does}`).join("\n")}

${pipelines.flatMap(requests(apis)).join("\n")}

AWS's protocols are answered at ${url}:
  AWS_ENDPOINT_URL=${url} AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local \\
    aws athena list-query-executions
`);
}

/** Something to ask a pipeline's API for, if it has one. */
function requests(apis: Laptop["apis"]) {
  return ({ name, serves }: Pipeline): string[] => {
    const api = apis[name];
    if (api === undefined || serves === undefined) return [];
    const key = encodeURIComponent(String(serves.keys.items[0]?.[serves.series.key]));
    const day = new Date().toISOString().slice(0, 10);
    return [
      `${name}'s API, with its documentation: ${api}/docs`,
      `  curl "${api}/records/${key}?start_date=${day}&end_date=${day}"`,
    ];
  };
}

/** Holds the daemon up, and starts it again when it dies, until Ctrl-C; then takes it down. */
async function stayUp(session: Laptop, seen: Seen): Promise<void> {
  const { stop } = await import("@penstock/local/client.ts");
  const { tellLive } = await import("../live.ts");
  const { openLaptop } = await import("../session/laptop.ts");
  const { isStartedAnew } = await import("../started-anew.ts");
  const { home } = session;
  const raw = join(home.lake, "raw");
  say(
    `Up. Files dropped into the folders of ${raw} are loaded as they come. Ctrl-C ends it; the state stays.`,
  );
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupted.abort());
  await tellLive(session, seen, interrupted.signal);
  while (!interrupted.signal.aborted) {
    if (await isStartedAnew(home)) {
      say(
        "Another command has started the local daemon anew, as the first one does after a change of the code.",
      );
    } else if (existsSync(home.daemonFile)) {
      say(`The local daemon does not answer any more: starting it again. Its log is in ${home.logs}`);
    } else return say("The local daemon was stopped.");
    const laptop = await openLaptop();
    say(laptop.whereabouts);
    await tellLive(laptop, seen, interrupted.signal);
  }
  say("\nStopping …");
  await stop(home);
}
