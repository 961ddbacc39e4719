import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline as stream } from "node:stream/promises";
import type { BrokenRow, Generator, SampleOptions } from "@penstock/sampling/sample-file.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { WrongUsage } from "./failure.ts";
import { writeSidecar } from "./fault-sidecar.ts";

/** The generator of a pipeline's folder. @throws WrongUsage when it has none */
export async function generatorOf(pipeline: string): Promise<Generator> {
  const path = join(toolchain.repository, "packages/pipelines", pipeline, "generator.ts");
  if (!existsSync(path))
    throw new WrongUsage(
      `${pipeline} has no generator.ts, so there is nothing to sample; a simulated source has a past: simulate ${pipeline}`,
    );
  return (await import(path)) as Generator;
}

/**
 * Writes sample files and returns their paths: all of them when `out` is a folder, the main one when it is a file.
 * When rows are to be broken, a sidecar beside each file says which are.
 */
export async function writeSamples(
  generator: Generator,
  options: SampleOptions,
  out: string,
): Promise<string[]> {
  const files = Object.entries(generator.sampleFiles(options));
  const single = /\.[a-z]+$/.test(out);
  const written: string[] = [];
  for (const [name, file] of single ? files.slice(0, 1) : files) {
    const path = single ? out : join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    const broken: BrokenRow[] = [];
    let lines = 0;
    const counted = function* () {
      for (const line of file.lines((row) => broken.push(row))) {
        lines++;
        yield line;
      }
    };
    await stream(Readable.from(blocks(counted())), createWriteStream(path));
    const header = 1;
    writeSidecar(path, options, { dataset: file.dataset, rows: lines - header, broken });
    written.push(path);
  }
  return written;
}

/** Lines in blocks, so that a stream is not fed one by one. */
function* blocks(lines: Iterable<string>): Iterable<string | Buffer> {
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length > 1 << 18) {
      yield bytes(block);
      block = "";
    }
  }
  yield bytes(block);
}

function bytes(text: string): string | Buffer {
  if (text.isWellFormed()) return text;
  const parts = text.split(/([\uDC80-\uDCFF])/u);
  return Buffer.concat(
    // what the pattern splits at stands at the odd places
    parts.map((part, index) =>
      index % 2 === 1 ? Buffer.of(part.charCodeAt(0) - 0xdc00) : Buffer.from(part),
    ),
  );
}
