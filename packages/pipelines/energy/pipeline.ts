import { pipeline } from "@penstock/workflows/pipeline.ts";
import { queries } from "./generated/queries.ts";
import { sites } from "./sites.ts";
import { withSites } from "./sites-sql.ts";
import { datasets, prefix, workflow } from "./workflow.ts";

export default pipeline({
  name: "energy",
  description: "Energy that sites generate and consume, and what is odd about it.",
  datasets,
  trigger: { prefix, sweep: "hourly", maintenance: "weekly" },
  workflow,
  lookups: [],
  queries: withSites(queries, sites),
  // a file of all sites every five minutes, which an hourly run takes in
  volume: {
    deliveriesPerDay: 24,
    filesPerDelivery: 12,
    rowsPerFile: 6,
    // 130 bytes a reading
    bytesPerFile: 800,
    served: {},
  },
});
