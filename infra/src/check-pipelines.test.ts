import { expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { type Access, table } from "@penstock/workflows/access.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { fail, lambda, succeed } from "@penstock/workflows/state.ts";
import { workflow } from "@penstock/workflows/workflow.ts";
import { everyKind } from "./access/testing/every-kind.ts";
import { checkPipelines, PipelineFault } from "./check-pipelines.ts";

interface Declared {
  readonly datasets: readonly string[];
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
}

function pipeline(name: string, { datasets, reads = [], writes = [] }: Declared): Pipeline {
  const tables = (names: readonly string[]): Access[] => names.map(table);
  return {
    ...everyKind,
    name,
    trigger: { ...everyKind.trigger, prefix: `raw/${name}/` },
    datasets: datasets.map((each) =>
      dataset(each, { description: "One.", columns: { id: string() }, primaryKey: ["id"], write: merge() }),
    ),
    workflow: workflow({
      comment: "One function.",
      startAt: "Work",
      onFailure: "Failed",
      timeoutSeconds: 60,
      states: {
        Work: lambda({
          function: "work",
          payload: {},
          returns: [],
          resultAt: null,
          timeoutSeconds: 30,
          reads: tables(reads),
          writes: tables(writes),
          next: "Done",
        }),
        Done: succeed(),
        Failed: fail({ error: "Failed", cause: "because" }),
      },
    }),
  };
}

test("pipelines may read each other's tables, in one direction", () => {
  checkPipelines([
    pipeline("mart", { datasets: ["sales"], reads: ["orders", "stays", "sales"], writes: ["sales"] }),
    pipeline("shop", { datasets: ["orders"], reads: ["orders"], writes: ["orders"] }),
    pipeline("parking", { datasets: ["stays"], reads: ["orders"], writes: ["stays"] }),
  ]);
});

test.each<[string, readonly Pipeline[], string]>([
  [
    "one without a contract",
    [pipeline("shop", { datasets: [] })],
    "shop has no dataset: its contract.ts describes none",
  ],
  [
    "one that writes another's table",
    [
      pipeline("shop", { datasets: ["orders"] }),
      pipeline("mart", { datasets: ["sales"], writes: ["orders"] }),
    ],
    'mart writes the table "orders", which is shop\'s',
  ],
  [
    "one that writes what nobody describes",
    [pipeline("shop", { datasets: ["orders"], writes: ["order"] })],
    'shop writes the table "order", which no contract describes',
  ],
  [
    "one that reads what nobody describes",
    [pipeline("shop", { datasets: ["orders"], reads: ["order"] })],
    'shop reads the table "order", which no contract describes',
  ],
  [
    "one with a check that was copied and forgotten",
    [
      pipeline("shop", { datasets: ["orders"] }),
      {
        ...pipeline("mart", { datasets: ["sales"] }),
        queries: { ...everyKind.queries, checks: { agree: "SELECT 1 FROM orders" } },
      },
    ],
    'mart: queries/checks/agree.sql reads the table "orders", which is shop\'s, and no state of mart declares it',
  ],
  [
    "two that describe the same",
    [pipeline("shop", { datasets: ["orders"] }), pipeline("mart", { datasets: ["orders"] })],
    'mart and shop both describe a dataset "orders"',
  ],
  [
    "three that wait for each other",
    [
      pipeline("door", { datasets: ["visits"], reads: ["orders"] }),
      pipeline("shop", { datasets: ["orders"], reads: ["sales"] }),
      pipeline("mart", { datasets: ["sales"], reads: ["stays"] }),
      pipeline("parking", { datasets: ["stays"], reads: ["orders"] }),
    ],
    "pipelines read each other's tables in a circle: shop ← mart ← parking ← shop",
  ],
])("%s is named", (_, pipelines, message) => {
  expect(() => checkPipelines(pipelines)).toThrow(PipelineFault);
  expect(() => checkPipelines(pipelines)).toThrow(message);
});

test("two pipelines that would take the same files are named, with their prefixes", () => {
  const one = pipeline("one", { datasets: ["ones"] });
  const below = {
    ...pipeline("two", { datasets: ["twos"] }),
    trigger: { ...one.trigger, prefix: "raw/one/two/" },
  };
  expect(() => checkPipelines([one, below])).toThrow(
    new PipelineFault(
      'two takes the files below "raw/one/two/", and one those below "raw/one/": give each a prefix of its own',
    ),
  );
});
