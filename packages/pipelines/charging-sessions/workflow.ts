import { fileRun } from "@penstock/workflows/file-run.ts";
import { chargingSession, site } from "./contract.ts";

/** Where operators' files are dropped. */
export const prefix = "raw/ev_sessions/";

export const workflow = fileRun({
  datasets: [chargingSession, site],
  prefix,
  lookups: ["site_id", "user_id"],
});
