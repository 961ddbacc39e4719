/**
 * Runs a Glue job that was started on the emulated AWS, on this machine's Spark: node run-job.ts < {"job", "arguments"}
 *
 * What is in the arguments beyond the run is the deployed state machine's to say, and read from there.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { runDeployedJob } from "../infra/deployed-job.ts";

interface Started {
  readonly job: string;
  readonly arguments: Readonly<Record<string, string>>;
}

const { job, arguments: given } = (await json(process.stdin)) as Started;
const { "--run_id": run_id = "", "--manifest": manifest = "", "--lake": lake = "" } = given;
const [, name = "", account = "", region = ""] =
  /^s3:\/\/penstock-(.+)-lake-(\d{12})-([a-z0-9-]+)\/$/.exec(lake) ?? [];
if (region === "" || run_id === "")
  throw new Error(`${job} was not started by a state machine of Penstock's`);

const aws = Object.entries(process.env).filter(([variable]) => variable.startsWith("AWS_"));
const folder = mkdtempSync(join(tmpdir(), "penstock-job-"));
try {
  await runDeployedJob({
    environment: { name, account, region },
    pipeline: job.slice(`penstock-${name}-`.length),
    claim: { run_id, manifest },
    folder,
    variables: Object.fromEntries(aws.map(([variable, value = ""]) => [variable, value])),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
