import { invalid } from "../aws-error.ts";
import type { Catalogue } from "../glue/catalogue.ts";
import { jobRunJson } from "../glue/job-run.ts";
import type { Glue, GlueJob } from "../glue.ts";
import { type JsonObject, optionalNumber, optionalText, requiredText, textList, textMap } from "../json.ts";
import { page } from "../page.ts";
import type { JsonService } from "./json-protocol.ts";

/** Glue's API: jobs, their runs, and reads of the catalogue. */
export function glueApi(glue: Glue, catalogue: Catalogue): JsonService {
  return {
    name: "Glue",
    target: "AWSGlue",
    operations: {
      StartJobRun: (input) => {
        const job = requiredText(input, "JobName");
        return { JobRunId: glue.start(job, textMap(input, "Arguments"), optionalNumber(input, "Timeout")) };
      },
      GetJobRun: (input) => {
        const run = glue.run(requiredText(input, "JobName"), requiredText(input, "RunId"));
        return { JobRun: jobRunJson(run, 1) };
      },
      GetJobRuns: (input) => {
        const { items, next } = listed(input, glue.runsOf(requiredText(input, "JobName")));
        return { JobRuns: items.map((run) => jobRunJson(run, 1)), NextToken: next };
      },
      BatchStopJobRun: (input) => {
        const job = requiredText(input, "JobName");
        glue.job(job);
        const ids = textList(input, "JobRunIds");
        if (!ids) throw invalid("JobRunIds must be given.");
        const known = new Set(glue.runsOf(job).map((run) => run.id));
        for (const id of ids) if (known.has(id)) void glue.stop(job, id);
        return {
          SuccessfulSubmissions: ids
            .filter((id) => known.has(id))
            .map((id) => ({ JobName: job, JobRunId: id })),
          Errors: ids
            .filter((id) => !known.has(id))
            .map((id) => ({ JobName: job, JobRunId: id, ErrorDetail: unknownRun })),
        };
      },
      GetJob: (input) => ({ Job: jobJson(glue.job(requiredText(input, "JobName"))) }),
      GetJobs: (input) => {
        const { items, next } = listed(input, glue.jobs());
        return { Jobs: items.map(jobJson), NextToken: next };
      },
      GetDatabases: (input) => {
        const { items, next } = listed(input, catalogue.databases());
        return { DatabaseList: items, NextToken: next };
      },
      GetDatabase: (input) => ({ Database: catalogue.database(requiredText(input, "Name")) }),
      GetTables: (input) => {
        const { items, next } = listed(input, catalogue.tables(requiredText(input, "DatabaseName")));
        return { TableList: items, NextToken: next };
      },
      GetTable: (input) => ({
        Table: catalogue.table(requiredText(input, "DatabaseName"), requiredText(input, "Name")),
      }),
    },
  };
}

const unknownRun = { ErrorCode: "EntityNotFoundException", ErrorMessage: "Job run is not here." };

const listed = <T>(input: JsonObject, items: readonly T[]) =>
  page(items, optionalText(input, "NextToken"), optionalNumber(input, "MaxResults") ?? 100);

function jobJson(job: GlueJob): JsonObject {
  return {
    Name: job.name,
    Command: { Name: "glueetl", ScriptLocation: job.script, PythonVersion: "3" },
    DefaultArguments: job.defaultArguments,
    ExecutionProperty: { MaxConcurrentRuns: 1 },
    MaxRetries: 0,
    Timeout: job.timeoutMinutes,
    GlueVersion: "5.1",
    WorkerType: "G.1X",
    NumberOfWorkers: 2,
  };
}
