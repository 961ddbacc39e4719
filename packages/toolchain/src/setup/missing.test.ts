import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { javaOfMachine } from "./java.ts";
import { installHint, MissingOnMachine } from "./missing.ts";
import { createEnvironment, findPython } from "./python.ts";

let machine: string;
let env: { PATH: string };
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), "penstock-machine-"));
  env = { PATH: join(machine, "bin") };
});
afterEach(() => rmSync(machine, { recursive: true, force: true }));

test("without any Python one sentence says what to install", async () => {
  const error = await findPython(env).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MissingOnMachine);
  expect(String(error)).toMatch(/: Python 3\.10, 3\.11 or 3\.12 is not on the PATH; install one, e\.g\. \S+/);
});

test("a Python that Spark doesn't run on is named, and not taken", async () => {
  install("bin/python3", says("3.13", "/usr/bin/python3"));
  await expect(findPython(env)).rejects.toThrow(/is not on the PATH \(python3 is 3\.13\); install one/);
});

test("Glue's own Python is taken before another that would do", async () => {
  install("bin/python3", says("3.12", "/usr/bin/python3.12"));
  install("bin/python3.11", says("3.11", "/usr/bin/python3.11"));
  expect(await findPython(env)).toBe("/usr/bin/python3.11");
});

test("a Python without venv: one sentence with its reason, and nothing half made is left", async () => {
  const environment = join(machine, "environment");
  const python = join(machine, "bin/python3");
  install(
    "bin/python3",
    `if [ "$1" = -c ]; then echo 3.11; echo '${python}'; exit; fi
: > '${environment}'
echo 'The virtual environment was not created: Error: ensurepip is not available.'
echo 'You may need sudo.'
exit 1`,
  );
  const error = await createEnvironment(environment, () => {}, env).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MissingOnMachine);
  expect(String(error)).toBe(
    `MissingOnMachine: ${python} cannot make a virtual environment (The virtual environment was not created: Error: ensurepip is not available.); install its venv module, e.g. ${installHint({ apt: "python3-venv", brew: "python@3.11" })}, and run the command again.`,
  );
  expect(existsSync(environment)).toBe(false);
});

test("the command that mends it is the platform's", () => {
  const packages = { apt: "python3-venv", brew: "python@3.11" };
  expect(installHint(packages, "linux")).toBe("sudo apt-get install python3-venv");
  expect(installHint(packages, "darwin")).toBe("brew install python@3.11");
});

test("only a Java 17 is taken: JAVA_HOME's before the one on the PATH, none when neither is one", async () => {
  expect(await javaOfMachine(env)).toBeUndefined();
  installJava("bin/java", "25");
  expect(await javaOfMachine(env)).toBeUndefined();
  installJava("jdk-21/bin/java", "21");
  expect(await javaOfMachine({ ...env, JAVA_HOME: join(machine, "jdk-21") })).toBeUndefined();
  installJava("bin/java", "17");
  expect(await javaOfMachine({ ...env, JAVA_HOME: join(machine, "jdk-21") })).toBe("/home/of/bin/java");
  installJava("jdk-17/bin/java", "17");
  expect(await javaOfMachine({ ...env, JAVA_HOME: join(machine, "jdk-17") })).toBe(
    "/home/of/jdk-17/bin/java",
  );
});

const says = (...lines: string[]) => lines.map((line) => `echo '${line}'`).join("\n");

/** A program of this machine, in the shell's language. */
function install(name: string, script: string): void {
  const path = join(machine, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const installJava = (name: string, version: string) =>
  install(
    name,
    `(${says(`    java.home = /home/of/${name}`, `    java.specification.version = ${version}`)}) >&2`,
  );
