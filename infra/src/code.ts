/** What is deployed, as it was built: bundles, job scripts, the jobs' runtime, jars. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { zip } from "./zip.ts";

export interface Code {
  /** One pipeline's bundle of one app: `index.mjs`, and the files that it serves, by their paths. */
  readonly bundle: (app: string, pipeline: string) => Readonly<Record<string, Uint8Array>>;
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
    bundle: (app, pipeline) => {
      const folder = join(repository, "apps", app, "dist", pipeline);
      const code = built(join(folder, "index.mjs"), repository, "pnpm exec turbo run build");
      return { ...files(folder, (path) => path.endsWith(".gz")), "index.mjs": code };
    },
    script: (pipeline) =>
      built(
        join(repository, "glue-scripts", "jobs", `${pipeline.replaceAll("-", "_")}.py`),
        repository,
        "pnpm generate",
      ),
    runtime: zip(files(join(repository, "glue-scripts", "runtime"), (path) => /\.(py|typed)$/.test(path))),
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

/** The files of a folder and of those in it, by their paths from it. */
function files(folder: string, wanted: (path: string) => boolean): Readonly<Record<string, Uint8Array>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(wanted);
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path))]),
  );
}
