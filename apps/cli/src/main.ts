import { Command, CommanderError } from "commander";
import { generateCommand } from "./commands/generate.ts";
import { setupCommand } from "./commands/setup.ts";
import { colours, say } from "./console.ts";
import { Failure, WrongUsage } from "./failure.ts";

const program = new Command("penstock")
  .description("An AWS lakehouse on your laptop: run the pipelines, query the lake, see what happened.")
  .helpCommand(false)
  .showHelpAfterError("(add --help for the options and examples)")
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride();

setupCommand(program);
generateCommand(program);

for (const command of program.commands) command.exitOverride();

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUsage) {
    say(`${colours.red("error:")} ${error.message}`);
    return 2;
  }
  if (error instanceof Failure) {
    say(`${colours.red("failed:")} ${error.message}`);
    return 1;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
