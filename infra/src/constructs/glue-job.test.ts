import { expect, test } from "@jest/globals";
import { exampleEnvironment, keyArn, policy } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { GlueJob, type GlueJobProps } from "./glue-job.ts";

const job = (props: Partial<GlueJobProps> = {}) =>
  made((scope) => {
    new GlueJob(scope, "job", {
      name: "parking",
      description: "Parking",
      environment: exampleEnvironment(),
      policy,
      script: "s3://code/1/parking.py",
      pythonFiles: "s3://code/2/runtime.zip",
      jars: ["s3://code/3/a.jar", "s3://code/4/b.jar"],
      sparkConf: { "spark.a": "1", "spark.b": "2" },
      keyArn,
      securityConfiguration: "secure",
      ...props,
    });
  });

test("it is Glue 5.1 with the least workers there are, two hours at most, at full capacity", () => {
  expect(job().one("aws_glue_job")).toMatchObject({
    name: "parking",
    glue_version: "5.1",
    command: { name: "glueetl", python_version: "3", script_location: "s3://code/1/parking.py" },
    worker_type: "G.1X",
    number_of_workers: 2,
    timeout: 120,
    execution_class: "STANDARD",
    security_configuration: "secure",
  });
});

test("its size, its time and its capacity are the configuration's", () => {
  expect(
    job({ workerType: "G.2X", workers: 5, timeoutMinutes: 30, flex: true }).one("aws_glue_job"),
  ).toMatchObject({ worker_type: "G.2X", number_of_workers: 5, timeout: 30, execution_class: "FLEX" });
});

test("it runs once at a time, and whoever started it tries again", () => {
  expect(job().one("aws_glue_job")).toMatchObject({
    max_retries: 0,
    execution_property: { max_concurrent_runs: 1 },
  });
});

test("Spark's settings are one argument, the runtime and the jars go along", () => {
  expect(job().one("aws_glue_job")).toMatchObject({
    default_arguments: {
      "--conf": "spark.a=1 --conf spark.b=2",
      "--extra-py-files": "s3://code/2/runtime.zip",
      "--extra-jars": "s3://code/3/a.jar,s3://code/4/b.jar",
      "--user-jars-first": "true",
      "--datalake-formats": "iceberg,delta",
      "--job-bookmark-option": "job-bookmark-disable",
      "--enable-observability-metrics": "true",
      "--custom-logGroup-prefix": "/aws-glue/jobs/parking",
    },
  });
});

test("its logs are its own, encrypted, and kept as long as is asked for", () => {
  const groups = job({ logRetentionDays: 14 }).all("aws_cloudwatch_log_group");
  expect(groups.map(({ name }) => name).sort()).toEqual([
    "/aws-glue/jobs/parking/error",
    "/aws-glue/jobs/parking/output",
  ]);
  for (const group of groups) expect(group).toMatchObject({ kms_key_id: keyArn, retention_in_days: 14 });
});

test("it has a role of its own, and waits for what that may do", () => {
  const made = job();
  expect(made.one("aws_iam_role")).toMatchObject({ name: "parking-job" });
  expect(json(made.one("aws_iam_role"), "assume_role_policy").Statement).toMatchObject([
    { Principal: { Service: "glue.amazonaws.com" } },
  ]);
  expect(made.one("aws_glue_job")["depends_on"]).toContainEqual(
    expect.stringMatching(/^aws_iam_role_policy_attachment\./),
  );
});
