import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline as stream } from "node:stream/promises";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { WrongUsage } from "./failure.ts";

/** What a pipeline's generator.ts exports. */
export interface Generator {
  /** Generated files by name, the main one first, each as its lines. The same options give the same bytes. */
  sampleFiles(options: SampleOptions): Readonly<Record<string, Iterable<string>>>;
}

export interface SampleOptions {
  readonly rows: number;
  readonly seed: number;
  /** The share of rows that are broken in some way, 0 to 1. */
  readonly faults: number;
}

/** The generator of a pipeline's folder. @throws WrongUsage when it has none */
export async function generatorOf(pipeline: string): Promise<Generator> {
  const path = join(toolchain.repository, "packages/pipelines", pipeline, "generator.ts");
  if (!existsSync(path))
    throw new WrongUsage(`${pipeline} has no generator.ts, so there is nothing to sample`);
  return (await import(path)) as Generator;
}

/**
 * Writes sample files and returns their paths: all of them when `out` is a folder, the main one when it is a file.
 */
export async function writeSamples(
  generator: Generator,
  options: SampleOptions,
  out: string,
): Promise<string[]> {
  const files = Object.entries(generator.sampleFiles(options));
  const single = /\.[a-z]+$/.test(out);
  const written: string[] = [];
  for (const [name, lines] of single ? files.slice(0, 1) : files) {
    const path = single ? out : join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    await stream(Readable.from(blocks(lines)), createWriteStream(path));
    written.push(path);
  }
  return written;
}

/** Lines in blocks, so that a stream is not fed one by one. */
function* blocks(lines: Iterable<string>): Iterable<string> {
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length > 1 << 18) {
      yield block;
      block = "";
    }
  }
  yield block;
}
