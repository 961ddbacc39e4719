/** What is deployed, without anything having been built. */

import type { Code } from "../code.ts";
import { bytes } from "./example.ts";

export const exampleCode: Code = {
  bundle: (app, pipeline) => ({ "index.mjs": bytes(`// ${app} of ${pipeline}\n`) }),
  script: (pipeline) => bytes(`# ${pipeline}\n`),
  runtime: bytes("runtime"),
  jars: { "a.jar": bytes("jar") },
};
