import { pipeline } from "@penstock/workflows/pipeline.ts";
import { profiles } from "./generated/profiles.ts";
import { queries } from "./generated/queries.ts";
import { datasets, prefix, workflow } from "./workflow.ts";

export default pipeline({
  name: "retail",
  description: "A shop's orders, their items and its products from CSV files, each item with its parents.",
  datasets,
  trigger: { prefix, sweep: "daily", maintenance: "weekly" },
  workflow,
  lookups: [],
  queries,
  profiles,
});
