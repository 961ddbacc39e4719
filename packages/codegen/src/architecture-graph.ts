/** What each pipeline is made of on AWS, and what starts, calls and writes what: as nodes and edges. */

import type { Access } from "@penstock/workflows/access.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { State } from "@penstock/workflows/state.ts";
import { allStates } from "@penstock/workflows/workflow.ts";

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
export const ledgerId = "shared ledger";
export const analystsId = "shared analysts";

export const sharedNodes: readonly ArchitectureNode[] = [
  { id: ledgerId, name: "run ledger", what: "DynamoDB table", kind: "store" },
  { id: analystsId, name: "analysts", what: "Athena workgroup, read-only role", kind: "people" },
];

/** One pipeline, from what its states declare that they call and write. */
export function pipelineGroup(pipeline: Pipeline): ArchitectureGroup {
  const { name, datasets, lookups, queries, trigger, workflow } = pipeline;
  const states = allStates(workflow).map(([, state]) => state);
  const id = (what: string): string => `${name} ${what}`;
  const node = (key: string, called: string, what: string, kind: NodeKind): ArchitectureNode => ({
    id: id(key),
    name: called,
    what,
    kind,
  });
  const functions = [
    ...new Set(states.flatMap((state) => (state.kind === "lambda" ? [state.function] : []))),
  ];
  const has = (kind: State["kind"]): boolean => states.some((state) => state.kind === kind);
  const away = putAway(states, trigger.prefix);
  const checks = Object.keys(queries.checks).length;
  const named = Object.keys(queries.named).length;

  const called = [
    ...functions.map((each) => node(`function ${each}`, each, "Lambda function", "compute")),
    ...(has("glueJob") ? [node("job", "job", "Glue job, PySpark", "compute")] : []),
    ...(has("athenaQuery")
      ? [node("checks", counted(checks, "sanity query", "sanity queries"), "Athena", "compute")]
      : []),
    ...(has("publish") ? [node("topic", "notices", "SNS topic", "people")] : []),
  ];
  const written = [
    ...datasets.map((each) =>
      node(`table ${each.name}`, each.name, `${tableKind(each.format)} table`, "store"),
    ),
    ...(writes(states).some(([, { kind }]) => kind === "quarantine")
      ? [node("quarantine", "quarantine", "rows set aside, with reasons", "store")]
      : []),
    ...lookups.map(({ key }) => node(`lookup ${key}`, `figures by ${key}`, "DynamoDB table", "store")),
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
  const nodes = [files, schedule, machine, ...called, ...written];
  const known = new Set([...nodes, ...sharedNodes].map((each) => each.id));
  const edges = [
    { from: files.id, to: machine.id },
    { from: schedule.id, to: machine.id },
    ...called.map((each) => ({ from: machine.id, to: each.id })),
    ...writes(states).map(([actor, access]) => ({
      from: id(actor),
      to: access.kind === "ledger" ? ledgerId : id(drawnAs(access, trigger.prefix)),
    })),
    ...(named > 0 ? datasets.map((each) => ({ from: id(`table ${each.name}`), to: analystsId })) : []),
  ];
  return { name, nodes, edges: once(edges).filter(({ to }) => known.has(to)) };
}

/** Who writes what, of all that the states declare. */
function writes(states: readonly State[]): readonly (readonly [actor: string, Access])[] {
  return states.flatMap((state) => {
    const actor = actorOf(state);
    return actor === undefined || !("writes" in state)
      ? []
      : state.writes.map((access) => [actor, access] as const);
  });
}

function actorOf(state: State): string | undefined {
  if (state.kind === "lambda") return `function ${state.function}`;
  return state.kind === "glueJob" ? "job" : undefined;
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
    case "cleaned":
    case "runs":
    case "ledger":
    case "topic":
    case "secret":
    case "queries":
    case "jobRuns":
    case "executions":
      return "";
  }
}

/** The folders beside its own that a pipeline writes files to: `archive/`. */
function putAway(states: readonly State[], prefix: string): readonly string[] {
  const prefixes = writes(states).flatMap(([, access]) =>
    access.kind === "objects" && access.prefix !== prefix ? [`${access.prefix.split("/")[0]}/`] : [],
  );
  return [...new Set(prefixes)].sort();
}

const tableKind = (format: "iceberg" | "delta"): string => (format === "delta" ? "Delta" : "Iceberg");

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function once(edges: readonly ArchitectureEdge[]): readonly ArchitectureEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}
