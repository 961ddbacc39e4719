/**
 * Where what is stored stands in Terraform's state. A table whose construct has moved is another one to Terraform: it
 * would make a new one in its place, and take away the old one with its data.
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { stackNames } from "./stack-names.ts";
import { synthesise } from "./synthesise.ts";
import { exampleEnvironment } from "./testing/example.ts";
import { exampleCode } from "./testing/example-code.ts";
import { metering } from "./testing/metering.ts";
import { stateful } from "./testing/stateful.ts";

const golden = join(import.meta.dirname, "../golden/stateful-addresses.txt");
const output = mkdtempSync(join(tmpdir(), "penstock-addresses-"));
afterAll(() => rmSync(output, { recursive: true }));

test("what is stored stays where it is", () => {
  const lookups = [{ key: "meter_id", metrics: [], cloudwatch: [] }];
  const folders = synthesise(exampleEnvironment(), {
    output,
    pipelines: [{ ...metering, lookups }],
    code: exampleCode,
  });
  const found = stackNames.flatMap((stack) => {
    const { resource = {} } = JSON.parse(readFileSync(join(folders[stack], "cdk.tf.json"), "utf8"));
    return stateful.flatMap((type) =>
      Object.keys(resource[type] ?? {}).map((id) => `${stack}: ${type}.${id}`),
    );
  });
  const known = readFileSync(golden, "utf8").trim().split("\n");
  const away = known.filter((address) => !found.includes(address));
  const without = [
    "Terraform would take these away, with all that is in them, and make others:",
    ...away.map((address) => `  ${address}`),
    "Leave their constructs' ids and scopes as they are. If they have to move, say so with moveFromId(), so that Terraform",
    "takes what is deployed along, and put the new addresses into infra/golden/stateful-addresses.txt.",
  ].join("\n");
  expect(away.length === 0 ? "" : without).toBe("");
  // what is new is written down, too, from when on it stays
  expect(found.toSorted()).toEqual(known.toSorted());
});
