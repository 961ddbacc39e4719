/** What each pipeline is made of on AWS, and what starts, calls and writes what: as nodes and edges. */

import type { Access } from "@penstock/workflows/access.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { appsOf, startedFunctions } from "@penstock/workflows/started-function.ts";
import type { State } from "@penstock/workflows/state.ts";
import { allStates, functionsOf } from "@penstock/workflows/workflow.ts";
import { putAway, writersOf } from "./architecture-writers.ts";

/** How a node is coloured. */
export type NodeKind = "source" | "machine" | "compute" | "store" | "people";

export interface ArchitectureNode {
  readonly id: string;
  readonly name: string;
  /** What it is on AWS, in a few words. */
  readonly what: string;
  readonly kind: NodeKind;
}

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
}

export interface ArchitectureGroup {
  readonly name: string;
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly ArchitectureEdge[];
}

/** What all pipelines share, and what leads there from one of them. */
const ledgerId = "shared ledger";
const analystsId = "shared analysts";

export const sharedNodes: readonly ArchitectureNode[] = [
  { id: ledgerId, name: "run ledger", what: "DynamoDB table", kind: "store" },
  { id: analystsId, name: "analysts", what: "Athena workgroup, read-only role", kind: "people" },
];

/** One pipeline, from what its states and functions declare that they call and write. */
export function pipelineGroup(pipeline: Pipeline): ArchitectureGroup {
  const { name, datasets, lookups, queries, serves, trigger, workflow } = pipeline;
  const states = allStates(workflow).map(([, state]) => state);
  const id = (what: string): string => `${name} ${what}`;
  const node = (key: string, called: string, what: string, kind: NodeKind): ArchitectureNode => ({
    id: id(key),
    name: called,
    what,
    kind,
  });
  const called = functionsOf(workflow);
  const started = startedFunctions(pipeline);
  const has = (kind: State["kind"]): boolean => states.some((state) => state.kind === kind);
  const writers = writersOf(states, started);
  const away = putAway(writers, trigger.prefix);
  const checks = Object.keys(queries.checks).length;
  const named = Object.keys(queries.named).length;

  const lambda = (app: string) => node(`function ${app}`, app, "Lambda function", "compute");
  const byMachine = [
    ...called.map(lambda),
    ...(has("glueJob") ? [node("job", "job", "Glue job, PySpark", "compute")] : []),
    ...(has("athenaQuery")
      ? [node("checks", counted(checks, "sanity query", "sanity queries"), "Athena", "compute")]
      : []),
    ...(has("publish") ? [node("topic", "notices", "SNS topic", "people")] : []),
  ];
  const byOthers = appsOf(pipeline).flatMap((app) => (called.includes(app) ? [] : [lambda(app)]));
  const written = [
    ...datasets.map((each) =>
      node(`table ${each.name}`, each.name, `${tableKind(each.format)} table`, "store"),
    ),
    ...(writers.some(([, { kind }]) => kind === "quarantine")
      ? [node("quarantine", "quarantine", "rows set aside, with reasons", "store")]
      : []),
    ...lookups.map(({ key }) => node(`lookup ${key}`, `figures by ${key}`, "DynamoDB table", "store")),
    ...(serves === undefined
      ? []
      : [
          node(
            `series ${serves.series.dataset}`,
            `${serves.series.dataset} by ${serves.series.key}`,
            "DynamoDB tables, rows and figures",
            "store",
          ),
        ]),
    ...(away.length > 0 ? [node("away", away.join(", "), "files put away", "store")] : []),
  ];
  const machine = node(
    "machine",
    name,
    `Step Functions, ${counted(states.length, "state", "states")}`,
    "machine",
  );
  const files = node("files", trigger.prefix, "files dropped into S3", "source");
  const schedule = node(
    "schedule",
    `${trigger.sweep} sweep`,
    `schedule; maintenance ${trigger.maintenance}`,
    "source",
  );
  const clocks = started.flatMap(({ app, by }) =>
    by.kind === "schedule"
      ? [[app, node(`clock ${app}`, `every ${by.everyMinutes} minutes`, "schedule", "source")] as const]
      : [],
  );
  const apis = started.flatMap(({ app, by }) =>
    by.kind === "http" ? [[app, node("api", serves?.title ?? app, "HTTP API", "people")] as const] : [],
  );
  const nodes = [
    files,
    schedule,
    ...clocks.map(([, each]) => each),
    machine,
    ...byMachine,
    ...byOthers,
    ...written,
    ...apis.map(([, each]) => each),
  ];
  const known = new Set([...nodes, ...sharedNodes].map((each) => each.id));
  const edges = [
    ...(trigger.objects === false ? [] : [{ from: files.id, to: machine.id }]),
    { from: schedule.id, to: machine.id },
    ...started.flatMap(({ app, by }) =>
      by.kind === "objects" ? [{ from: files.id, to: id(`function ${app}`) }] : [],
    ),
    ...clocks.map(([app, clock]) => ({ from: clock.id, to: id(`function ${app}`) })),
    // one by the clock may make the very files
    ...started.flatMap(({ app, by, writes }) =>
      by.kind === "schedule" &&
      writes.some((each) => each.kind === "objects" && each.prefix === trigger.prefix)
        ? [{ from: id(`function ${app}`), to: files.id }]
        : [],
    ),
    ...byMachine.map((each) => ({ from: machine.id, to: each.id })),
    ...writers.map(([actor, access]) => ({
      from: id(actor),
      to: access.kind === "ledger" ? ledgerId : id(drawnAs(access, trigger.prefix)),
    })),
    // what is served goes from its tables, by the function, to whoever asks
    ...apis.flatMap(([app, api]) => [
      { from: id(`series ${serves?.series.dataset}`), to: id(`function ${app}`) },
      { from: id(`function ${app}`), to: api.id },
    ]),
    ...(named > 0 ? datasets.map((each) => ({ from: id(`table ${each.name}`), to: analystsId })) : []),
  ];
  return { name, nodes, edges: once(edges).filter(({ to }) => known.has(to)) };
}

/** The node that an access is drawn to; the empty name of none for what is not drawn. */
function drawnAs(access: Access, prefix: string): string {
  switch (access.kind) {
    case "table":
      return `table ${access.dataset}`;
    case "quarantine":
      return "quarantine";
    case "lookup":
      return `lookup ${access.key}`;
    case "series":
      return `series ${access.dataset}`;
    case "objects":
      return access.prefix === prefix ? "" : "away";
    case "topic":
      return "topic";
    case "cleaned":
    case "runs":
    case "ledger":
    case "secret":
    case "queries":
    case "jobRuns":
    case "executions":
      return "";
  }
}

const tableKind = (format: "iceberg" | "delta"): string => (format === "delta" ? "Delta" : "Iceberg");

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function once(edges: readonly ArchitectureEdge[]): readonly ArchitectureEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}
