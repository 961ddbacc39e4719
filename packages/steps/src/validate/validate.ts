/** validate: looks at the files of a run before any money is spent on a job, and leaves out those that are none. */

import { ObjectMissing } from "@penstock/lake/object-missing.ts";
import { type Objects, readJson, writeJson } from "@penstock/lake/objects.ts";
import type { Manifest, ReportedFile, Validation } from "@penstock/lake/report.ts";
import { manifestKey, validationKey, validManifestKey } from "@penstock/lake/zones.ts";
import type { Profile } from "@penstock/workflows/pipeline.ts";
import { atOnce } from "../at-once.ts";
import type { LogRecord } from "../log.ts";
import { verdict } from "./verdict.ts";

export interface ValidateRequest {
  readonly run_id: string;
}

export interface Validated {
  readonly valid: number;
  readonly rejected: number;
  /** Whether anything is left for a job: a file, or work that is no file. */
  readonly for_job: boolean;
  /** Where the manifest is that the job is to be given. */
  readonly manifest: string;
}

export interface ValidateContext {
  readonly facts: { readonly pipeline: string; readonly profiles: readonly Profile[] };
  readonly objects: Objects;
  readonly log: (record: LogRecord) => void;
}

/** Files that are looked at at once. */
const filesAtOnce = 16;

/**
 * Judges each file once per run: an attempt that comes later goes by what the first one found, as the job does,
 * whose cleaned rows may be there already.
 */
export async function validate({ run_id }: ValidateRequest, context: ValidateContext): Promise<Validated> {
  const { facts, objects } = context;
  const manifest = (await readJson(objects, manifestKey(facts.pipeline, run_id))) as Manifest;
  const { rejected } = (await found(manifest, context)) ?? (await judged(manifest, context));
  const refused = new Set(rejected.map(({ key }) => key));
  const files = manifest.files.filter(({ key }) => !refused.has(key));
  const key = validManifestKey(facts.pipeline, run_id);
  await writeJson(objects, key, { ...manifest, files } satisfies Manifest);
  return {
    valid: files.length,
    rejected: rejected.length,
    for_job: files.length > 0 || manifest.work.kind !== "load",
    manifest: objects.url(key),
  };
}

/** What was found before; null when nobody has looked. */
async function found(
  { run_id, pipeline }: Manifest,
  { objects }: ValidateContext,
): Promise<Validation | null> {
  try {
    return (await readJson(objects, validationKey(pipeline, run_id))) as Validation;
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}

async function judged(manifest: Manifest, context: ValidateContext): Promise<Validation> {
  const { facts, objects, log } = context;
  const { run_id, prefix } = manifest;
  const verdicts = await atOnce(filesAtOnce, manifest.files, async (file) => {
    const { status, profile, reason } = await verdict(file, { prefix, profiles: facts.profiles }, objects);
    const { key, size } = file;
    log({
      level: status === "accepted" ? "INFO" : "WARN",
      message: "file validated",
      pipeline: facts.pipeline,
      run_id,
      key,
      size,
      profile,
      verdict: status,
      ...(reason === null ? {} : { reason }),
    });
    return { key, status, profile, rows: 0, reason } satisfies ReportedFile;
  });
  const rejected = verdicts.filter(({ status }) => status === "rejected");
  const validation: Validation = { run_id, rejected };
  const body = `${JSON.stringify(validation, null, 2)}\n`;
  if (await objects.create(validationKey(facts.pipeline, run_id), body)) return validation;
  // invoked twice at once, the other was first
  return (await found(manifest, context)) ?? validation;
}
