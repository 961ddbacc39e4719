import type { Command } from "commander";
import { say } from "../console.ts";

/** `penstock stop`: the daemon and everything it started, down. */
export function stopCommand(program: Command): void {
  program
    .command("stop")
    .description("end the local daemon and all that it started; the state stays")
    .addHelpText("after", "\nExample:\n  pnpm penstock stop")
    .action(async () => {
      const { defaultHome, stop } = await import("@penstock/local/client.ts");
      say((await stop(defaultHome())) ? "Stopped." : "Nothing was running.");
    });
}
