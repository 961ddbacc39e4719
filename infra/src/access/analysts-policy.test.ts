import { describe, expect, jest, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset } from "@penstock/contracts/dataset.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { analystsPolicy, isOpen } from "./analysts-policy.ts";
import { isAllowed, type Request, told } from "./testing/ask.ts";
import { onWorkGroup, readRequests, writeRequests } from "./testing/declared-requests.ts";
import { at, bucket, environment, keyArn, reading } from "./testing/example.ts";
import { rolesOf } from "./testing/role.ts";
import { forbidden, strangersRequests } from "./testing/stranger.ts";

// thousands of questions, on a machine that may be busy
jest.setTimeout(60_000);

const policy = analystsPolicy(pipelines, environment, { keyArn });

/** The curated tables as Athena reads them. */
const curated = pipelines.flatMap(({ name, datasets }) =>
  datasets.flatMap((each) =>
    readRequests({ kind: "table", dataset: each.name }, { name, datasets: [{ ...each, format: "iceberg" }] }),
  ),
);

const queries: Request[] = [
  ...readRequests({ kind: "queries" }, { name: "", datasets: [] }),
  ...writeRequests({ kind: "queries" }, { name: "", datasets: [] }),
  ...onWorkGroup([
    "GetWorkGroup",
    "ListNamedQueries",
    "GetNamedQuery",
    "BatchGetNamedQuery",
    "ListQueryExecutions",
    "BatchGetQueryExecution",
    "GetQueryRuntimeStatistics",
    "GetQueryResultsStream",
  ]),
  { action: "athena:ListDataCatalogs", resource: "*" },
  { action: "athena:ListWorkGroups", resource: "*" },
];

const may = new Set([...curated, ...queries].map(told));

test("analysts query the curated tables in the environment's workgroup, and read what comes out", async () => {
  expect(await answered([...curated, ...queries], false)).toEqual([]);
});

describe.each(pipelines.map(({ name, datasets, trigger }) => ({ name, datasets, trigger })))(
  "of $name they see",
  ({ name, datasets, trigger }) => {
    test("no file, no run, nothing that was set aside or only cleaned", async () => {
      const away = ["raw", "archive", "rejected"].map((zone) => trigger.prefix.replace(/^raw\//, `${zone}/`));
      const asker = { name, datasets };
      const asked = [
        ...[...away, `runs/${name}/`].flatMap(reading),
        ...datasets.flatMap((each) => [
          ...readRequests({ kind: "quarantine", dataset: each.name }, asker),
          ...readRequests({ kind: "cleaned", dataset: each.name }, asker),
          { action: "glue:GetTable", resource: at("glue", `table/penstock_dev/${each.name}_cleaned`) },
        ]),
      ];
      expect(await answered(without(asked), true)).toEqual([]);
    });

    test("no more than is open, and change nothing", async () => {
      const asker = { name, datasets };
      const asked = [
        ...datasets.flatMap((each) => writeRequests({ kind: "table", dataset: each.name }, asker)),
        ...forbidden(asker),
        ...strangersRequests("stranger"),
        { action: "s3:DeleteObject", resource: `${bucket("results")}/q1.csv` },
        { action: "athena:CreateNamedQuery", resource: at("athena", "workgroup/penstock-dev") },
        { action: "athena:UpdateWorkGroup", resource: at("athena", "workgroup/penstock-dev") },
      ];
      expect(await answered(without(asked), true)).toEqual([]);
    });
  },
);

test("they do nothing that only a role of a pipeline does", async () => {
  const asked = pipelines.flatMap(rolesOf).flatMap(({ requests }) => requests);
  expect(await answered(without(asked), true)).toEqual([]);
});

test("without one of its statements something is missing", async () => {
  for (const statement of policy.Statement) {
    const less = { ...policy, Statement: policy.Statement.filter((each) => each !== statement) };
    const calls = [...curated, ...queries].filter(({ action }) => statement.Action.includes(action));
    const answers = await Promise.all(calls.map((request) => isAllowed(less, request)));
    expect([statement.Sid, answers.includes(false)]).toEqual([statement.Sid, true]);
  }
});

test("every contract keeps personal data as pseudonyms only, so that every curated table is open", () => {
  const datasets = pipelines.flatMap((pipeline) => pipeline.datasets);
  expect(datasets.filter((each) => !isOpen(each)).map(({ name }) => name)).toEqual([]);
});

test("a table with personal data in clear would be kept from them", async () => {
  const facts = { description: "People.", primaryKey: ["id"], write: { kind: "merge" } } as const;
  const people = dataset("people", { ...facts, columns: { id: string().pii("pseudonymise") } });
  // no contract can say this yet: what is not known to be safe is not shown
  const inClear = { ...people, columns: { id: { ...people.columns.id, pii: "clear" as "pseudonymise" } } };
  const [asked] = readRequests({ kind: "table", dataset: "people" }, { name: "", datasets: [] });
  const allowed = [people, inClear].map(async (each) => {
    const own = analystsPolicy([{ datasets: [each] }], environment, { keyArn });
    return asked !== undefined && (await isAllowed(own, asked));
  });
  expect(await Promise.all(allowed)).toEqual([true, false]);
});

const without = (asked: readonly Request[]): Request[] => asked.filter((request) => !may.has(told(request)));

async function answered(asked: readonly Request[], allowed: boolean): Promise<string[]> {
  const answers = await Promise.all(asked.map((request) => isAllowed(policy, request)));
  return asked.filter((_, at) => answers[at] === allowed).map(told);
}
