import { decimal, oneOf, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge, month, rule } from "@penstock/contracts/dataset.ts";
import { mean, quarantined } from "@penstock/contracts/gate.ts";

export const stay = dataset("stays", {
  description: "One car on one parking space, from arrival to departure.",
  columns: {
    stay_id: string().describe("A hash of the space and the arrival."),
    space_id: string().describe("Painted on the ground."),
    kind: oneOf("street", "garage", "residents' only").optional(),
    arrived_at: timestamp().atLeast("2015-01-01T00:00:00Z"),
    left_at: timestamp(),
    paid: decimal(8, 2).between(0, 500).describe("In euros."),
    plate: string().optional().pii("pseudonymise").describe("The number plate."),
  },
  primaryKey: ["stay_id"],
  newestBy: ["left_at"],
  write: merge(),
  partitionBy: [month("arrived_at")],
  rows: [rule("does not leave before it arrives", "left_at >= arrived_at")],
  gates: [quarantined().atMost(0.1), mean("paid").between(0.1, 40)],
});

export const space = dataset("spaces", {
  description: "A parking space.",
  columns: { space_id: string(), street: string().optional() },
  primaryKey: ["space_id"],
  write: merge(),
});
