/**
 * Bundles an app once for each pipeline folder that has a function of it: `dist/<pipeline>/index.mjs`, and beside it
 * its assets, the same bytes every time. Run in the app's folder; the app imports its pipeline as `#pipeline`.
 */

import { access, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { appAssets } from "./assets.ts";
import { toolchain } from "./paths.ts";

/** What was bundled. */
export interface Bundle {
  readonly pipeline: string;
  readonly file: string;
  readonly bytes: number;
  /** The files that are in it, relative to the app's folder. */
  readonly inputs: readonly string[];
  /** The files beside it, in its folder. */
  readonly assets: readonly string[];
}

/**
 * Bundles one app for every pipeline that invokes it.
 *
 * @param at.app the app's folder, with `src/index.ts` in it
 * @param at.pipelines the folder of the pipelines' folders
 * @param at.out where the bundles go, a folder each; what else is in there is removed
 */
export async function bundleApp(at: {
  readonly app: string;
  readonly pipelines: string;
  readonly out: string;
}): Promise<Bundle[]> {
  const folders = await pipelineFolders(at.pipelines);
  const invoked = folders.map(async (name) =>
    (await invokes(join(at.pipelines, name), at.app)) ? [name] : [],
  );
  const pipelines = (await Promise.all(invoked)).flat();
  await removeOthers(at.out, pipelines);
  return await Promise.all(
    pipelines.map(async (pipeline) => {
      const folder = join(at.out, pipeline);
      const file = join(folder, "index.mjs");
      const front = join(at.pipelines, pipeline, "pipeline.ts");
      const { contents, inputs } = await bundled(at.app, at.pipelines, front);
      const assets = await appAssets({ app: at.app, pipeline: dirname(front) });
      const files = Object.entries(assets).map(([name, content]) =>
        writeIfChanged(join(folder, name), content),
      );
      await Promise.all([writeIfChanged(file, contents), ...files]);
      await removeOtherFiles(folder, ["index.mjs", ...Object.keys(assets)]);
      return { pipeline, file, bytes: contents.byteLength, inputs, assets: Object.keys(assets) };
    }),
  );
}

async function bundled(
  app: string,
  pipelines: string,
  pipeline: string,
): Promise<{ contents: Uint8Array; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(app, "src/index.ts")],
    absWorkingDir: app,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node22",
    // the AWS SDK's CommonJS, which "main" means, can't be shaken
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    // an uncaught error shows its line
    lineLimit: 200,
    // a few dependencies are CommonJS and require what Node brings
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    plugins: [thisPipeline(pipelines, pipeline), credentialsOfLambda],
    logLevel: "error",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${app}`);
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    contents: output.contents,
    inputs: used.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  };
}

/** `#pipeline` is the pipeline's front door; of its folder only what the app uses comes along. */
function thisPipeline(pipelines: string, pipeline: string): Plugin {
  const below = `${resolve(pipelines)}/`;
  return {
    name: "this-pipeline",
    setup({ onResolve, resolve: resolveAsUsual }) {
      onResolve({ filter: /^#pipeline$/ }, () => ({ path: resolve(pipeline), sideEffects: false }));
      onResolve({ filter: /^\.\.?\// }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === "as usual" || !importer.startsWith(below)) return undefined;
        const found = await resolveAsUsual(path, { kind, importer, resolveDir, pluginData: "as usual" });
        return { ...found, sideEffects: false };
      });
    },
  };
}

/**
 * A function has its credentials in its environment. The SDK's search through profiles, single sign-on and
 * instance metadata stays out: with the clients that it brings it is a sixth of a bundle.
 */
const credentialsOfLambda: Plugin = {
  name: "credentials-of-lambda",
  setup({ onResolve, onLoad, resolve: resolveAsUsual }) {
    const namespace = "credentials-of-lambda";
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === "as usual") return undefined;
      const found = await resolveAsUsual(path, { ...from, pluginData: "as usual" });
      return { path: found.path, namespace, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      resolveDir: dirname(path),
    }));
  },
};

async function pipelineFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const pipelines = entries.map(async (entry) => {
    const isPipeline = entry.isDirectory() && (await isThere(join(folder, entry.name, "pipeline.ts")));
    return isPipeline ? [entry.name] : [];
  });
  return (await Promise.all(pipelines)).flat().sort();
}

/** Whether a pipeline has an app's function; as long as its list of them is not generated, it may. */
async function invokes(pipeline: string, app: string): Promise<boolean> {
  const list = await readFile(join(pipeline, "generated/functions.json"), "utf8").catch(() => null);
  return list === null || (JSON.parse(list) as readonly string[]).includes(basename(app));
}

async function removeOthers(out: string, wanted: readonly string[]): Promise<void> {
  const there = await readdir(out).catch(() => []);
  const others = there.filter((name) => !wanted.includes(name));
  await Promise.all(others.map((name) => rm(join(out, name), { recursive: true })));
}

/** What lies beside a bundle is deployed with it: nothing of a build before. */
async function removeOtherFiles(folder: string, wanted: readonly string[]): Promise<void> {
  const there = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = there.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = new Set(wanted.map((name) => join(folder, name)));
  await Promise.all(files.filter((path) => !kept.has(path)).map((path) => rm(path)));
}

/** Whoever watches the bundles sees only real changes. */
async function writeIfChanged(file: string, contents: Uint8Array): Promise<void> {
  const before = await readFile(file).catch(() => null);
  if (before !== null && Buffer.compare(before, contents) === 0) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, contents);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

if (import.meta.main) {
  const app = process.cwd();
  const pipelines = join(toolchain.repository, "packages/pipelines");
  for (const { pipeline, bytes } of await bundleApp({ app, pipelines, out: join(app, "dist") })) {
    console.log(`${pipeline}: ${(bytes / 1000).toFixed(0)} KB`);
  }
}
