import type { Simulation } from "@penstock/workflows/simulation.ts";
import { history, rawFile, rawKey, readingsAt, simulatedMinutes } from "./simulate.ts";

/** The simulated sites' meters, which put a file every five minutes. */
export const simulation: Simulation = {
  everyMinutes: simulatedMinutes,
  file: (start) => ({ key: rawKey(start), text: rawFile(readingsAt(start)) }),
  history: (from, to) => history(from, to),
};
