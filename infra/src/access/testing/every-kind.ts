/** A pipeline whose states and functions declare every kind of access, those too that no pipeline needs yet. */

import { string } from "@penstock/contracts/column.ts";
import { dataset } from "@penstock/contracts/dataset.ts";
import type { Access } from "@penstock/workflows/access.ts";
import { type Pipeline, pipeline } from "@penstock/workflows/pipeline.ts";
import {
  athenaQuery,
  athenaResults,
  fail,
  glueJob,
  lambda,
  parallel,
  publish,
  succeed,
} from "@penstock/workflows/state.ts";
import { path } from "@penstock/workflows/template.ts";
import { branch, workflow } from "@penstock/workflows/workflow.ts";
import { everyAccess } from "./stranger.ts";

const facts = { resultAt: null, timeoutSeconds: 60 } as const;
const started = { timeoutSeconds: 60, memoryMb: 256 } as const;
const name = "every_kind";
const access = everyAccess(name);
const of = (...kinds: Access["kind"][]) => access.filter(({ kind }) => kinds.includes(kind));

const thing = dataset(name, {
  description: "Anything.",
  columns: { id: string() },
  primaryKey: ["id"],
  write: { kind: "merge" },
});

const inside = branch({
  startAt: "Ask",
  states: {
    Ask: athenaQuery({
      ...facts,
      query: "SELECT 1",
      resultAt: "$.asked",
      reads: of("table", "quarantine"),
      writes: of("queries"),
      next: "Read",
    }),
    Read: athenaResults({
      ...facts,
      queryId: path("$.asked.id"),
      maxRows: 2,
      reads: of("queries"),
      writes: [],
      next: "Over",
    }),
    Over: succeed(),
  },
});

export const everyKind: Pipeline = pipeline({
  name: "every-kind",
  description: "Declares everything.",
  datasets: [thing],
  trigger: { prefix: "raw/every_kind/", sweep: "daily", maintenance: "weekly" },
  lookups: [],
  functions: [
    {
      ...started,
      app: "on-object",
      by: { kind: "objects", prefix: "raw/every_kind/", suffix: ".json" },
      reads: of("objects", "series"),
      writes: of("series", "topic"),
    },
    {
      ...started,
      app: "on-time",
      by: { kind: "schedule", everyMinutes: 5 },
      reads: [],
      writes: of("objects"),
    },
  ],
  serves: {
    series: { dataset: name, key: "id", time: "at", sums: [] },
    keys: { name: "things", fields: { id: "Its id." }, items: [] },
    title: "Everything",
  },
  volume: {
    deliveriesPerDay: 1,
    filesPerDelivery: 1,
    rowsPerFile: 1,
    bytesPerFile: 1,
    served: {},
    series: { rowsPerDay: 1, requestsPerDay: 1 },
  },
  queries: { metrics: {}, checks: {}, named: {} },
  workflow: workflow({
    comment: "Every kind of access.",
    startAt: "ReadAll",
    onFailure: "Failed",
    timeoutSeconds: 3600,
    states: {
      ReadAll: lambda({
        ...facts,
        function: "read-all",
        payload: {},
        returns: [],
        reads: access.filter(({ kind }) => kind !== "topic"),
        writes: [],
        next: "WriteAll",
      }),
      WriteAll: lambda({
        ...facts,
        function: "write-all",
        payload: {},
        returns: [],
        reads: [],
        writes: access.filter(({ kind }) => kind !== "secret" && kind !== "executions"),
        next: "Nothing",
      }),
      Nothing: lambda({
        ...facts,
        function: "nothing",
        payload: {},
        returns: [],
        reads: [],
        writes: [],
        next: "Work",
      }),
      Work: glueJob({ ...facts, arguments: {}, reads: [], writes: of("cleaned"), next: "Both" }),
      Both: parallel({ branches: [inside], resultAt: null, next: "Tell" }),
      Tell: publish({
        ...facts,
        subject: "done",
        message: "done",
        attributes: {},
        reads: [],
        writes: of("topic"),
        next: "Done",
      }),
      Done: succeed(),
      Failed: fail({ error: "Failed", cause: "because" }),
    },
  }),
});
