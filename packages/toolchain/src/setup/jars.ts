import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExecaError, execa } from "execa";
import { toolchain } from "../paths.ts";
import { javaHome } from "./java.ts";
import { sparkHome } from "./spark-home.ts";
import type { Report, Step } from "./step.ts";
import { trustedBySystem, trustStore, trustStorePassword } from "./trust-store.ts";

const locks = join(import.meta.dirname, "../..");

/** Iceberg, Delta and Deequ, fetched and checked by the Ivy that ships with pyspark. */
export const jars: Step = jarsOf("jars", "Iceberg, Delta and Deequ jars (57 MB)", toolchain.jars);

/** Iceberg on AWS: what only the tests of a deployed job need, and Glue brings by itself. */
export const awsJars: Step = jarsOf("aws-jars", "Iceberg's jar for AWS (57 MB)", toolchain.awsJars);

/** The jars of one lock file, in a folder of their own. */
function jarsOf(name: string, title: string, folder: string): Step {
  const lock = join(locks, `${name}.ivy.xml`);
  return {
    name,
    title,
    madeFrom: () => readFileSync(lock, "utf8"),
    result: folder,
    run: (report) => retrieve(lock, folder, report),
  };
}

async function retrieve(lock: string, folder: string, report: Report): Promise<void> {
  const sparkJars = join(sparkHome(), "jars");
  const ivy = readdirSync(sparkJars).find((name) => /^ivy-.*\.jar$/.test(name));
  if (ivy === undefined) throw new Error(`no Ivy among pyspark's jars in ${sparkJars}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const words = ["-jar", join(sparkJars, ivy), "-ivy", lock, "-cache", join(toolchain.root, "ivy")];
  words.push("-retrieve", join(folder, "[artifact]-[revision].[ext]"));
  try {
    await java(words, report);
  } catch (error) {
    // Behind a company's proxy the machine's programs know its authority; a Java from elsewhere does not.
    if (!(error instanceof ExecaError) || !String(error.all).includes("PKIX path building failed"))
      throw error;
    report("Java does not trust the server: trying again with the authorities that the system trusts");
    const store = join(toolchain.root, "trust.jks");
    writeFileSync(store, trustStore(trustedBySystem()));
    const trust = { trustStore: store, trustStorePassword, trustStoreType: "JKS" };
    await java(
      [...Object.entries(trust).map(([name, value]) => `-Djavax.net.ssl.${name}=${value}`), ...words],
      report,
    );
  }
}

async function java(words: readonly string[], report: Report): Promise<void> {
  const fetch = execa(join(javaHome(), "bin", "java"), words, { all: true });
  for await (const line of fetch.iterable({ from: "all" })) {
    const done = /\[SUCCESSFUL \] (\S+)!/.exec(line);
    if (done?.[1]) report(done[1]);
  }
  await fetch;
}
