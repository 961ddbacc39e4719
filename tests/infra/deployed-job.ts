/**
 * A deployed Glue job, run on this machine's Spark as Glue would run it: its script, runtime and settings as they lie
 * on AWS, given what the state machine gives it. The catalogue, and the files of Iceberg tables, are AWS's.
 *
 * Spark as pyspark carries it can't read `s3://` by itself, as Glue's can. So of the lake what isn't Iceberg's is staged:
 * the manifest, the raw files and Delta's tables are brought to a folder before, and what the job changed there goes
 * back after.
 */

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { type Environment, lakeUrl, pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import { type Objects, openObjects, readJson, writeJson } from "@penstock/lake/objects.ts";
import type { Manifest, Report } from "@penstock/lake/report.ts";
import { reportKey } from "@penstock/lake/zones.ts";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { sparkHome } from "@penstock/toolchain/setup/spark-home.ts";
import { execa } from "execa";

export interface JobRun {
  readonly environment: Environment;
  readonly pipeline: string;
  /** What plan-run answered. */
  readonly claim: { readonly run_id: string; readonly manifest: string };
  /** An empty folder. */
  readonly folder: string;
  /** Where AWS is, and who asks. */
  readonly variables: Readonly<Record<string, string>>;
  /** A script in place of the one that is deployed. */
  readonly script?: string;
}

/** The file in a job's folder that holds what it printed, which Glue would put into its log group. */
export const jobOutput = "printed.txt";

/** Runs the job to its end and gives its report to the lake. @throws Error with all that Spark printed, when it fails */
export async function runDeployedJob(run: JobRun): Promise<Report> {
  const { environment, pipeline, claim, folder, variables } = run;
  const lake = openObjects(lakeUrl(environment));
  const staged = openObjects(pathToFileURL(join(folder, "lake")).href);
  const key = claim.manifest.slice(lake.root.length);
  const brought = await stage(key, lake, staged);
  const { script, runtime, conf } = await deployedCode(run);
  const given = {
    ...(await deployedArguments(run)),
    "--lake": staged.root,
    "--manifest": staged.url(key),
  };
  const { exitCode, all } = await execa(
    join(sparkHome(), "bin", "spark-submit"),
    [
      ...Object.entries({ ...machineConf(folder), ...conf }).flatMap(([name, value]) => [
        "--conf",
        `${name}=${value}`,
      ]),
      ...["--py-files", runtime, run.script ?? script],
      ...["--JOB_NAME", pipelineNames(environment, pipeline).job, ...Object.entries(given).flat()],
    ],
    {
      // the jars of the way to AWS come last, so that the class-data archive of the laptop's class path fits
      env: { ...sparkEnvironment(), SPARK_DIST_CLASSPATH: jarsIn(toolchain.awsJars), ...variables },
      ...{ extendEnv: false, all: true, reject: false },
    },
  );
  writeFileSync(join(folder, jobOutput), all);
  if (exitCode !== 0) throw new Error(`the job of ${pipeline} ended with ${exitCode}:\n${all}`);
  await takeBack(brought, lake, staged);
  return (await readJson(lake, reportKey(pipeline, claim.run_id))) as Report;
}

/** When each object that was brought lay there, in milliseconds. */
type Brought = ReadonlyMap<string, number>;

/** Brings a manifest, which then says so, its raw files, and all Delta tables. */
async function stage(manifest: string, lake: Objects, staged: Objects): Promise<Brought> {
  const planned = (await readJson(lake, manifest)) as Manifest;
  const raw = planned.files.map(({ lies_at }) => lies_at);
  for (const key of [...raw, ...(await deltaFiles(lake))]) await staged.write(key, await lake.read(key));
  const files = planned.files.map((file) => ({ ...file, url: staged.url(file.lies_at) }));
  await writeJson(staged, manifest, { ...planned, files });
  return await times(staged);
}

async function deltaFiles(lake: Objects): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list("warehouse/")) keys.push(key);
  const tables = new Set(keys.flatMap((key) => /^(.+\/)_delta_log\//.exec(key)?.[1] ?? []));
  return keys.filter((key) => [...tables].some((table) => key.startsWith(table)));
}

/** Gives what the job wrote to the lake, and takes away there what it deleted. */
async function takeBack(brought: Brought, lake: Objects, staged: Objects): Promise<void> {
  const left = await times(staged);
  for (const [key, time] of left) {
    if (brought.get(key) !== time) await lake.write(key, await staged.read(key));
  }
  for (const key of brought.keys()) if (!left.has(key)) await lake.delete(key);
}

async function times(objects: Objects): Promise<Brought> {
  const found = new Map<string, number>();
  for await (const { key, modified } of objects.list("")) found.set(key, modified.getTime());
  return found;
}

/** What the deployed job says that it runs, fetched from where it says that it lies. */
async function deployedCode({ environment, pipeline, folder }: JobRun) {
  const { Job } = await new GlueClient().send(
    new GetJobCommand({ JobName: pipelineNames(environment, pipeline).job }),
  );
  const { "--extra-py-files": runtime = "", "--conf": conf = "" } = Job?.DefaultArguments ?? {};
  const fetched = async (url = ""): Promise<string> => {
    const path = join(folder, basename(url));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, await openObjects(new URL(".", url).href).read(basename(url)));
    return path;
  };
  return {
    script: await fetched(Job?.Command?.ScriptLocation),
    runtime: await fetched(runtime),
    conf: Object.fromEntries(conf.split(" --conf ").map((each) => each.split(/=(.*)/s).slice(0, 2))),
  };
}

/** What the deployed state machine gives its job, with the claim filled in. */
async function deployedArguments({ environment, pipeline, claim }: JobRun): Promise<Record<string, string>> {
  const { definition = "" } = await new SFNClient().send(
    new DescribeStateMachineCommand({
      stateMachineArn: stateMachineArn(environment, pipelineNames(environment, pipeline).stateMachine),
    }),
  );
  interface State {
    readonly Resource?: string;
    readonly Parameters?: { readonly Arguments?: Readonly<Record<string, string>> };
  }
  const states: readonly State[] = Object.values(JSON.parse(definition).States);
  const job = states.find(({ Resource = "" }) => Resource.includes(":glue:startJobRun"));
  const given = Object.entries(job?.Parameters?.Arguments ?? {});
  const filled = (path: string): string => String(Reflect.get(claim, path.split(".").at(-1) ?? ""));
  return Object.fromEntries(
    given.map(([name, value]) =>
      name.endsWith(".$") ? [name.slice(0, -".$".length), filled(value)] : [name, value],
    ),
  );
}

/** What is this machine's to say, not the job's. The jars of Iceberg and Delta are those that Glue brings by itself. */
function machineConf(folder: string): Readonly<Record<string, string>> {
  return {
    "spark.master": "local[2]",
    "spark.driver.extraClassPath": jarsIn(toolchain.jars),
    "spark.driver.extraJavaOptions": [
      ...["-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC", "-Xmn256m"],
      ...[`-XX:SharedArchiveFile="${toolchain.classDataArchive}"`, "-Xlog:disable"],
    ].join(" "),
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.local.dir": join(folder, "local"),
    "spark.sql.warehouse.dir": join(folder, "spark-warehouse"),
    "spark.sql.shuffle.partitions": "1",
    "spark.hadoop.fs.file.impl": "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
    "spark.ui.enabled": "false",
  };
}

const jarsIn = (folder: string): string =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .join(delimiter);
