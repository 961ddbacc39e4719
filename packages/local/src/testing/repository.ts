/** A small repository of one pipeline, for tests of the daemon: a Lambda, a Glue job, a query and a notice. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes the repository into `root`. */
export function writeRepository(root: string): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: names that fill() fills
const workflow = {
  StartAt: "Greet",
  States: {
    Greet: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "${GreetFunctionArn}", "Payload.$": "$" },
      ResultSelector: { "greeting.$": "$.Payload.greeting", "job.$": "$.Payload.job" },
      Next: "HasJob",
    },
    HasJob: {
      Type: "Choice",
      Choices: [{ Variable: "$.job", BooleanEquals: true, Next: "Work" }],
      Default: "Tell",
    },
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:::glue:startJobRun.sync",
      Parameters: {
        JobName: "${JobName}",
        Arguments: { "--greeting.$": "$.greeting", "--lake": "${LakeUrl}" },
      },
      ResultPath: "$.run",
      Catch: [{ ErrorEquals: ["States.TaskFailed"], ResultPath: "$.failure", Next: "WorkFailed" }],
      Next: "Tell",
    },
    WorkFailed: { Type: "Fail", Error: "WorkFailed", CausePath: "$.failure.Cause" },
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: {
        TopicArn: "${TopicArn}",
        "Message.$": "$.greeting",
        Subject: "Greeting",
        MessageAttributes: { kind: { DataType: "String", StringValue: "greeting" } },
      },
      ResultPath: null,
      End: true,
    },
  },
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: names that fill() fills

const files: Readonly<Record<string, string>> = {
  "packages/pipelines/registry.ts": `
    const facts = { name: "greeting", description: "Greets.", datasets: [], trigger: { prefix: "raw/names/", sweep: "daily", maintenance: "weekly" } };
    export const pipelines = [{ ...facts, workflow: {}, lookups: [{ key: "site_id", metrics: [], cloudwatch: [] }], queries: {} }];
  `,
  "packages/pipelines/greeting/generated/workflow.asl.json": JSON.stringify(workflow, null, 2),
  "apps/greet/dist/greeting/index.mjs": `
    export async function handler(event) {
      if (event.fail) throw Object.assign(new Error(event.fail), { name: "GreetingError" });
      if (event.sleep) await new Promise((done) => setTimeout(done, event.sleep));
      const name = event.detail?.object.key ?? event.name;
      return { greeting: "hello " + name, job: event.job ?? false, pid: process.pid, table: process.env.LEDGER_TABLE };
    }
  `,
  "glue-scripts/jobs/greeting.py": `
import argparse
import os
import time
from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
for name in ("JOB_NAME", "greeting", "lake"):
    parser.add_argument(f"--{name}", required=True)
arguments, _ = parser.parse_known_args()
spark = SparkSession.builder.getOrCreate()
print(f"process {os.getpid()}")
if "fail" in arguments.greeting:
    raise ValueError("cannot greet")
if "sleep" in arguments.greeting:
    while True:
        time.sleep(0.1)
if "fill memory" in arguments.greeting:
    hoard = spark._jvm.java.util.ArrayList()
    while True:
        hoard.add(spark._jvm.java.nio.ByteBuffer.allocate(256 << 20))
if "compute" in arguments.greeting:
    spark.sql("create table if not exists glue_catalog.penstock.sums (n bigint) using iceberg")
    spark.sql("insert into glue_catalog.penstock.sums "
              "select sum(a.id * b.id) from range(10000000) a cross join range(10000000) b")
spark.sql("create table if not exists glue_catalog.penstock.greetings (text string) using iceberg")
spark.createDataFrame([(arguments.greeting,)], "text string").writeTo("glue_catalog.penstock.greetings").append()
`,
};
