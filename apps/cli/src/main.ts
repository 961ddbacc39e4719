import { enableCompileCache } from "node:module";
import { defaultHome } from "@penstock/local/client.ts";
import { isDiskFull } from "@penstock/local/disk-full.ts";
import { adviceFor } from "@penstock/steps/advice.ts";
import { Command, CommanderError } from "commander";
import { generateCommand } from "./commands/generate.ts";
import { colours, say } from "./console.ts";
import { exitCodeOfCtrlC, StoppedWatching } from "./ctrl-c.ts";
import { Failure, WrongUsage } from "./failure.ts";
import { missingPart } from "./missing-part.ts";
import { isQueryFailure } from "./session/query-failure.ts";

// the commands' modules come after this, and half of the time that a short one takes is compiling them
enableCompileCache();

const program = new Command("penstock")
  .description(
    "An AWS lakehouse, on your laptop and on AWS: run the pipelines, query the lake, see what happened.",
  )
  .helpCommand(false)
  .showHelpAfterError("(add --help for the options and examples)")
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride();

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUsage) {
    say(`${colours.red("error:")} ${error.message}`);
    return 2;
  }
  if (error instanceof StoppedWatching) {
    say(error.message);
    return exitCodeOfCtrlC;
  }
  // what Athena says is meant for the person who wrote the query
  if (error instanceof Failure || isQueryFailure(error)) {
    say(`${colours.red("failed:")} ${error.message}`);
    if (isDiskFull(root)) say(diskFull);
    return 1;
  }
  const known = knownFailure(error);
  if (known !== undefined) {
    say(`${colours.red("failed:")} ${known}`);
    return 1;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

/** What the machine did, in a sentence; undefined for what only a stack trace can tell. */
function knownFailure(error: unknown): string | undefined {
  if (error instanceof Error && hasCode(error, "ERR_MODULE_NOT_FOUND")) return missingPart(error);
  // on a full disk anything may break, the daemon first
  if (hasCode(error, "ENOSPC") || isDiskFull(root)) return diskFull;
  if (hasCode(error, ...lost))
    return "the local daemon ended while it was asked; run the command again, it goes on where it was";
  return undefined;
}

const { root } = defaultHome();
const diskFull = `${adviceFor("ENOSPC", "local").join(" ")} It goes on where it was; Penstock's state is in ${root}`;

const lost = ["ECONNREFUSED", "ECONNRESET", "EPIPE"];

/** The AWS clients and fetch give codes in different places. */
function hasCode(error: unknown, ...codes: string[]): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && codes.includes(String(cause.code))) return true;
  }
  return false;
}

// a reader such as head has seen enough
process.stdout.on("error", (error) => {
  if (hasCode(error, "EPIPE")) process.exit();
  throw error;
});

try {
  // `generate` mends a registry that names a folder which is gone; all others read it
  if (process.argv[2] === "generate") generateCommand(program);
  else (await import("./commands.ts")).addCommands(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
