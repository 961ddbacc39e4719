import { expect, test } from "@jest/globals";
import { ledger, objects, runs, table, topic } from "./access.ts";
import { asl } from "./asl.ts";
import { aslFaults } from "./asl-faults.ts";
import { equals, not, present } from "./condition.ts";
import { functionArnName } from "./fill.ts";
import { mermaid } from "./mermaid.ts";
import {
  athenaQuery,
  athenaResults,
  choice,
  fail,
  glueJob,
  lambda,
  map,
  parallel,
  pass,
  publish,
  succeed,
  wait,
} from "./state.ts";
import { executionId, path } from "./template.ts";
import { accesses, branch, type Workflow, WorkflowError, workflow } from "./workflow.ts";

const facts = { resultAt: null, timeoutSeconds: 60, reads: [], writes: [] } as const;

/** One state of every kind. */
export function everyKind(): Workflow {
  const queried = branch({
    startAt: "Ask",
    states: {
      Ask: athenaQuery({
        ...facts,
        query: "SELECT 1",
        resultAt: "$.asked",
        next: "Read",
        reads: [table("sites")],
      }),
      Read: athenaResults({ ...facts, queryId: path("$.asked.id"), maxRows: 2, next: "Over" }),
      Over: succeed(),
    },
  });
  return workflow({
    comment: "One state of every kind.",
    startAt: "Begin",
    onFailure: "Tell",
    timeoutSeconds: 3600,
    states: {
      Begin: lambda({
        ...facts,
        function: "plan-run",
        payload: { execution: executionId, deep: { list: [1, "two"], id: path("$.id") } },
        returns: ["run_id"],
        resultAt: "$.begun",
        reads: [objects("raw/b/"), objects("raw/a/")],
        writes: [ledger],
        next: "Decide",
      }),
      Decide: choice({
        when: [
          { is: equals("$.begun.run_id", "none"), next: "Rest" },
          { is: not(present("$.begun.run_id")), next: "Work" },
        ],
        otherwise: "Work",
      }),
      Rest: wait({ seconds: 5, next: "Work" }),
      Work: glueJob({
        ...facts,
        arguments: { run_id: path("$.begun.run_id") },
        writes: [runs],
        next: "Note",
      }),
      Note: pass({ result: { said: "done" }, resultAt: "$.note", next: "Each" }),
      Each: map({ items: path("$.items"), each: queried, maxConcurrency: 2, resultAt: null, next: "Both" }),
      Both: parallel({ branches: [rested("One"), rested("Other")], resultAt: null, next: "Done" }),
      Done: succeed(),
      Tell: publish({
        ...facts,
        subject: "failed",
        message: path("$.failure.Cause"),
        attributes: { status: "FAILED" },
        writes: [topic],
        next: "Failed",
        onError: "Failed",
      }),
      Failed: fail({ error: "Failed", cause: "it failed" }),
    },
  });
}

function rested(name: string) {
  return branch({ startAt: name, states: { [name]: succeed() } });
}

test("every kind of state is valid ASL", () => {
  expect(aslFaults(asl(everyKind()))).toEqual([]);
});

test("paths, names and results are written as ASL wants them", () => {
  const states = asl(everyKind()).States;
  expect(states.Begin).toMatchObject({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: {
      FunctionName: "${PlanRunFunctionArn}",
      Payload: { "execution.$": "$$.Execution.Id", deep: { list: [1, "two"], "id.$": "$.id" } },
    },
    ResultSelector: { "run_id.$": "$.Payload.run_id" },
    ResultPath: "$.begun",
    Next: "Decide",
  });
  expect(states.Work?.Parameters).toMatchObject({ Arguments: { "--run_id.$": "$.begun.run_id" } });
  expect(functionArnName("publish-metrics")).toBe("PublishMetricsFunctionArn");
});

test("every task retries what passes by itself, with jitter, and catches the rest", () => {
  const tasks = Object.entries(asl(everyKind()).States).filter(([, state]) => state.Type === "Task");
  expect(tasks.length).toBeGreaterThan(2);
  for (const [name, task] of tasks) {
    const [retrier, ...others] = task.Retry as { ErrorEquals: string[]; JitterStrategy: string }[];
    // a function whose process died is invoked again, twice at most
    const died = [{ ErrorEquals: ["Runtime.ExitError"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 }];
    expect(others).toEqual(String(task.Resource).endsWith("lambda:invoke") ? died : []);
    expect(retrier?.JitterStrategy).toBe("FULL");
    expect(retrier?.ErrorEquals.filter((error) => error.startsWith("States."))).toEqual([]);
    const next = name === "Tell" ? "Failed" : "Tell";
    expect(task.Catch).toEqual([{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: next }]);
    expect(task.TimeoutSeconds).toBeGreaterThan(0);
  }
});

test("every kind of state is drawn", () => {
  expect(mermaid(everyKind())).toBe(`stateDiagram-v2
  [*] --> Begin
  Begin: Begin (Lambda plan-run)
  Begin --> Decide
  state Decide <<choice>>
  Decide --> Rest: none
  Decide --> Work: not begun.run_id present
  Decide --> Work: else
  Rest --> Work
  Work: Work (Glue job)
  Work --> Note
  Note --> Each
  state Each {
    [*] --> Ask
    Ask: Ask (Athena query)
    Ask --> Read
    Read: Read (Athena results)
    Read --> Over
    Over --> [*]
  }
  Each --> Both
  state Both {
    [*] --> One
    One --> [*]
    --
    [*] --> Other
    Other --> [*]
  }
  Both --> Done
  Done --> [*]
  Tell: Tell (SNS)
  Tell --> Failed
  Failed --> [*]
  note right of Tell: whatever fails comes here
`);
});

test("what a workflow touches is the union of its states, those inside others too", () => {
  expect(accesses(everyKind())).toEqual({
    reads: [objects("raw/a/"), objects("raw/b/"), table("sites")],
    writes: [ledger, runs, topic],
  });
});

test("a state that leads to one that was left out is refused by name", () => {
  const leftOut = {} as { Over: ReturnType<typeof succeed> };
  const states = {
    Only: pass({ result: {}, resultAt: null, next: "Over" }),
    ...leftOut,
    Failed: fail({ error: "E", cause: "c" }),
  };
  const define = () =>
    workflow({ comment: "", startAt: "Only", onFailure: "Failed", timeoutSeconds: 1, states });
  expect(define).toThrow(new WorkflowError('state "Only" leads to "Over", which is no state'));
});

test("a state that nothing leads to is refused by name", () => {
  const states = { Only: succeed(), Failed: fail({ error: "E", cause: "c" }), Lost: succeed() };
  const define = () =>
    workflow({ comment: "", startAt: "Only", onFailure: "Failed", timeoutSeconds: 1, states });
  expect(define).toThrow(new WorkflowError('no state leads to "Lost"'));
});

test("a name is given once, inside branches too: overrides and logs are by name", () => {
  const each = branch({ startAt: "Over", states: { Over: succeed() } });
  const define = () =>
    workflow({
      comment: "",
      startAt: "Each",
      onFailure: "Failed",
      timeoutSeconds: 1,
      states: {
        Each: map({ items: path("$.items"), each, maxConcurrency: 1, resultAt: null, next: "Over" }),
        Over: succeed(),
        Failed: fail({ error: "E", cause: "c" }),
      },
    });
  expect(define).toThrow(new WorkflowError('two states are called "Over"'));
});

test("a failure on the way of a failure must lead elsewhere", () => {
  const tell = publish({ ...facts, subject: "s", message: "m", attributes: {}, next: "Failed" });
  const define = () =>
    workflow({
      comment: "",
      startAt: "Tell",
      onFailure: "Tell",
      timeoutSeconds: 1,
      states: { Tell: tell, Failed: fail({ error: "E", cause: "c" }) },
    });
  expect(define).toThrow(/state "Tell" is on the way of a failure/);
});

test("inside a branch nothing catches", () => {
  const define = () =>
    branch({
      startAt: "Ask",
      states: {
        Ask: athenaQuery({ ...facts, query: "SELECT 1", next: "Over", onError: "Over" }),
        Over: succeed(),
      },
    });
  expect(define).toThrow(/the state around it catches/);
});
