/** What is deployed, as it was built: bundles, job scripts, the jobs' runtime, jars. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { zip } from "./zip.ts";

export interface Code {
  /** One pipeline's bundle of one app. */
  readonly bundle: (app: string, pipeline: string) => Uint8Array;
  /** One pipeline's Glue script. */
  readonly script: (pipeline: string) => Uint8Array;
  /** The Python runtime that the scripts import, as a zip. */
  readonly runtime: Uint8Array;
  /** Jars that Glue does not bring, by their file names. */
  readonly jars: Readonly<Record<string, Uint8Array>>;
}

/** Something that must be built first. */
export class NotBuilt extends Error {
  override readonly name = "NotBuilt";
}

/** Reads what a repository has built. @throws NotBuilt naming what is missing and the command that makes it */
export function builtCode(repository: string = toolchain.repository): Code {
  const jars = join(repository, ".toolchain", "jars");
  return {
    bundle: (app, pipeline) =>
      built(
        join(repository, "apps", app, "dist", pipeline, "index.mjs"),
        repository,
        "pnpm exec turbo run build",
      ),
    script: (pipeline) =>
      built(
        join(repository, "glue-scripts", "jobs", `${pipeline.replaceAll("-", "_")}.py`),
        repository,
        "pnpm generate",
      ),
    runtime: zip(pythonFiles(join(repository, "glue-scripts", "runtime"))),
    jars: Object.fromEntries(
      ["deequ-", "dqdl-"].map((prefix) => {
        const names = existsSync(jars) ? readdirSync(jars) : [];
        const name = names.find((each) => each.startsWith(prefix)) ?? `${prefix}*.jar`;
        return [name, built(join(jars, name), repository, "pnpm penstock setup")];
      }),
    ),
  };
}

function built(file: string, repository: string, command: string): Uint8Array {
  if (!existsSync(file)) throw new NotBuilt(`there is no ${relative(repository, file)}: run ${command}`);
  return readFileSync(file);
}

function pythonFiles(folder: string): Readonly<Record<string, Uint8Array>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const wanted = paths.filter((path) => /\.(py|typed)$/.test(path));
  return Object.fromEntries(
    wanted.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path))]),
  );
}
