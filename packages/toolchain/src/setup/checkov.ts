import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "../paths.ts";
import { createEnvironment, install, lock } from "./python.ts";
import type { Step } from "./step.ts";

const environment = join(toolchain.root, "checkov");

/** checkov, apart from the project's own Python: it wants an older boto3 than moto does. */
export const checkov: Step = {
  name: "checkov",
  title: "checkov",
  madeFrom: () => readFileSync(lock("requirements-checkov"), "utf8"),
  result: toolchain.checkov,
  run: async (report) => {
    await createEnvironment(environment, report);
    await install(lock("requirements-checkov"), report, join(environment, "bin", "python"));
  },
};
