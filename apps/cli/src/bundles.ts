import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleApp } from "@penstock/toolchain/bundle.ts";
import { fingerprint } from "@penstock/toolchain/fingerprint.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

/**
 * Bundles every Lambda function for every pipeline; what has not changed keeps its file as it is. Does nothing while
 * neither a source nor a bundle was touched since the last time: it takes seconds, and most commands come here.
 *
 * @param repository the root of the repository
 * @param bundle bundles the app of a folder for the pipelines below another
 */
export async function bundleFunctions(
  repository: string = toolchain.repository,
  bundle: typeof bundleApp = bundleApp,
): Promise<void> {
  const folder = join(repository, "apps");
  const apps = readdirSync(folder)
    .map((app) => join(folder, app))
    .filter((app) => existsSync(join(app, "src/index.ts")));
  // what changes while it bundles is seen the next time
  const sources = fingerprint([join(repository, "pnpm-lock.yaml"), join(repository, "packages"), ...apps]);
  const state = () => `${sources} ${fingerprint(apps.map((app) => join(app, "dist")))}\n`;
  const record = join(folder, "cli/dist/bundled.txt");
  if (existsSync(record) && readFileSync(record, "utf8") === state()) return;
  const pipelines = join(repository, "packages/pipelines");
  await Promise.all(apps.map((app) => bundle({ app, pipelines, out: join(app, "dist") })));
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, state());
}
