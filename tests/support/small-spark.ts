import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";

/** The folder of `small_spark.py`, for the PYTHONPATH of a script that takes its Spark from there. */
export const smallSpark = join(toolchain.repository, "glue-scripts/tests");
