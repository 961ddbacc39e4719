import { fileRun } from "@penstock/workflows/file-run.ts";
import { energyAnomaly, energyReading } from "./contract.ts";

/** Where the sites' readings are dropped. */
export const prefix = "raw/energy/";

export const datasets = [energyReading, energyAnomaly];

export const workflow = fileRun({ datasets, prefix, lookups: [], series: energyReading.name });
