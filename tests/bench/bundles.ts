import { createHash } from "node:crypto";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { type Figure, median } from "./measure.ts";

/** What a function that somebody waits for is held to, and the rest, in KB and milliseconds. */
const bounds: Readonly<Record<string, { readonly kilobytes: number; readonly milliseconds: number }>> = {
  api: { kilobytes: 420, milliseconds: 80 },
};
const usual = { kilobytes: 620, milliseconds: 100 };

/**
 * Each app's Lambda bundles: their size, how long a fresh process takes to import one, and whether they are built the
 * same twice.
 */
export async function bundles(): Promise<Figure[]> {
  const files = () => globSync(join(toolchain.repository, "apps/*/dist/*/index.mjs")).sort();
  const digests = () => files().map((file) => createHash("sha256").update(readFileSync(file)).digest("hex"));
  await buildAll(files());
  const before = digests();
  await buildAll(files());
  const same = JSON.stringify(before) === JSON.stringify(digests());
  const figures: Figure[] = [];
  for (const [app, ofApp] of Map.groupBy(files(), (file) => file.split("/").at(-4) ?? file)) {
    const bound = bounds[app] ?? usual;
    const whose = ofApp.length === 1 ? "" : `, the most of ${ofApp.length} pipelines`;
    const kilobytes = Math.max(...ofApp.map((file) => readFileSync(file).byteLength / 1024));
    const milliseconds: number[] = [];
    for (const file of ofApp) milliseconds.push(await coldImport(file));
    const slowest = Math.max(...milliseconds);
    figures.push(
      {
        what: `bundle of ${app}${whose}`,
        measured: `${kilobytes.toFixed(0)} KB`,
        bound: `under ${bound.kilobytes} KB`,
        met: kilobytes < bound.kilobytes,
      },
      {
        what: `cold import of ${app}${whose}`,
        measured: `${slowest.toFixed(0)} ms`,
        bound: `under ${bound.milliseconds} ms`,
        met: slowest < bound.milliseconds,
      },
    );
  }
  figures.push({
    what: "bundles, built twice",
    measured: same ? "identical" : "different",
    bound: "identical",
    met: same,
  });
  return figures;
}

/** Builds each bundle from nothing. */
async function buildAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const app = file.split("/").slice(0, -3).join("/");
    rmSync(file);
    await execa(process.execPath, [join(toolchain.repository, "packages/toolchain/src/bundle.ts")], {
      cwd: app,
    });
  }
}

/** Milliseconds, the median of seven. */
async function coldImport(file: string): Promise<number> {
  const imports: number[] = [];
  for (let round = 0; round < 7; round++) imports.push(await importMilliseconds(file));
  return median(imports);
}

async function importMilliseconds(file: string): Promise<number> {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t)`;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", script], {
    env: { AWS_REGION: "eu-west-1" },
  });
  return Number(stdout);
}
