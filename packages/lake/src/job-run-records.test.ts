import { GlueClient } from "@aws-sdk/client-glue";
import { expect, test } from "@jest/globals";
import { glueJobRunRecords } from "./job-run-records.ts";
import { answering } from "./testing/answering.ts";

const jobRun = (Id: string, StartedOn: number, runId: string) => ({
  Id,
  StartedOn,
  CompletedOn: StartedOn + 5,
  JobRunState: "FAILED",
  ErrorMessage: "out of memory",
  Arguments: { "--run_id": runId },
});

test("a run's job runs are found by its id, the oldest first, and none before it began", async () => {
  const { config, asked } = answering({
    GetJobRuns: [
      { JobRuns: [jobRun("c", 300, "r1"), jobRun("b", 250, "r2")], NextToken: "1" },
      { JobRuns: [jobRun("a", 200, "r1"), jobRun("old", 100, "r1")], NextToken: "2" },
    ],
  });
  const found = await glueJobRunRecords({ client: new GlueClient(config), job: "j" }).of(
    "r1",
    new Date(150_000),
  );
  expect(found.map(({ id }) => id)).toEqual(["a", "c"]);
  expect(found[0]).toEqual({
    id: "a",
    state: "FAILED",
    startedAt: new Date(200_000),
    endedAt: new Date(205_000),
    error: "out of memory",
  });
  expect(asked).toHaveLength(2);
});
