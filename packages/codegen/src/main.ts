/** `node packages/codegen/src/main.ts [--check]`: what `penstock generate` does, without the command line. */

import { resolve } from "node:path";
import { generate } from "./generate.ts";

const check = process.argv.includes("--check");
const changed = await generate({ root: resolve(import.meta.dirname, "../../.."), check });
for (const path of changed) console.log(`${check ? "stale" : "written"} ${path}`);
process.exitCode = check && changed.length > 0 ? 1 : 0;
