import { pipeline } from "@penstock/workflows/pipeline.ts";
import { workflow } from "@penstock/workflows/workflow.ts";
import { space, stay } from "./contract.ts";
import { queries } from "./generated/queries.ts";

export default pipeline({
  name: "parking",
  description: "Cars on parking spaces.",
  datasets: [stay, space],
  trigger: { prefix: "raw/parking/", sweep: "daily", maintenance: "weekly" },
  workflow: workflow({
    comment: "Waits a second, and is done.",
    startAt: "Rest",
    onFailure: "Failed",
    timeoutSeconds: 60,
    states: {
      Rest: { kind: "wait", seconds: 1, next: "Done" },
      Done: { kind: "succeed" },
      Failed: { kind: "fail", error: "Failed", cause: "It failed." },
    },
  }),
  lookups: [{ key: "space_id", metrics: ["mean_stay"], cloudwatch: [] }],
  queries,
  volume: {
    deliveriesPerDay: 24,
    filesPerDelivery: 2,
    rowsPerFile: 100,
    bytesPerFile: 5_000,
    served: { space_id: { keys: 200, periods: { mean_stay: 1 } } },
  },
});
