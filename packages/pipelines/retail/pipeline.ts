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
  // a night's export: 10,000 orders of ten items, and a catalogue of 50,000 products, a file each
  volume: {
    deliveriesPerDay: 1,
    filesPerDelivery: 3,
    rowsPerFile: 53_000,
    // 84, 64 and 35 bytes a row, as in the samples
    bytesPerFile: 3_600_000,
    served: {},
  },
});
