import type { Command } from "commander";
import { backfillCommand } from "./commands/backfill.ts";
import { costCommand } from "./commands/cost.ts";
import { deployCommand } from "./commands/deploy.ts";
import { destroyCommand } from "./commands/destroy.ts";
import { diffCommand } from "./commands/diff.ts";
import { driftCommand } from "./commands/drift.ts";
import { generateCommand } from "./commands/generate.ts";
import { logsCommand } from "./commands/logs.ts";
import { lookupCommand } from "./commands/lookup.ts";
import { maintainCommand } from "./commands/maintain.ts";
import { quarantineCommand } from "./commands/quarantine.ts";
import { redriveCommand } from "./commands/redrive.ts";
import { resetCommand } from "./commands/reset.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { sampleCommand } from "./commands/sample.ts";
import { setupCommand } from "./commands/setup.ts";
import { sqlCommand } from "./commands/sql.ts";
import { startCommand } from "./commands/start.ts";
import { statusCommand } from "./commands/status.ts";
import { stopCommand } from "./commands/stop.ts";

/** Every command, in the order of the help. */
export function addCommands(program: Command): void {
  startCommand(program);
  runCommand(program);
  sqlCommand(program);
  lookupCommand(program);
  statusCommand(program);
  runsCommand(program);
  logsCommand(program);
  diffCommand(program);
  quarantineCommand(program);
  redriveCommand(program);
  rollbackCommand(program);
  backfillCommand(program);
  maintainCommand(program);
  sampleCommand(program);
  deployCommand(program);
  driftCommand(program);
  destroyCommand(program);
  costCommand(program);
  generateCommand(program);
  setupCommand(program);
  resetCommand(program);
  stopCommand(program);
}
