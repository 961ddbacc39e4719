import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

/** Bundles every Lambda function for every pipeline; what has not changed keeps its file as it is. */
export async function bundleFunctions(): Promise<void> {
  const apps = join(toolchain.repository, "apps");
  const functions = readdirSync(apps).filter((app) => existsSync(join(apps, app, "src/index.ts")));
  await Promise.all(
    functions.map((app) =>
      bundleApp({
        app: join(apps, app),
        pipelines: join(toolchain.repository, "packages/pipelines"),
        out: join(apps, app, "dist"),
      }),
    ),
  );
}
