/** A pipeline's source profiles as one TypeScript module, so that a function can tell files apart without Spark. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { GeneratedFile } from "./generated-file.ts";
import { fileNames, folderNames, type LoadedPipeline, type PipelineFolder } from "./pipeline-folder.ts";
import { readHeader, readSettings } from "./profile-settings.ts";

/** @returns none for a pipeline without sources */
export function profilesFile(root: string, { path }: PipelineFolder): readonly GeneratedFile[] {
  const names = folderNames(join(root, path, "sources"));
  if (names.length === 0) return [];
  return [
    {
      path: `${path}/generated/profiles.ts`,
      text: [
        `// Generated from ${path}/sources; do not edit.`,
        "",
        'import type { Profile } from "@penstock/workflows/pipeline.ts";',
        "",
        "export const profiles = [",
        ...names.flatMap((name) => profile(root, `${path}/sources/${name}`, name)),
        "] as const satisfies readonly Profile[];",
        "",
      ].join("\n"),
    },
  ];
}

/**
 * @throws Error when a pipeline validates its files and does not say of what profiles they may be, or takes JSON,
 *   which the function that validates knows nothing of
 */
export function checkProfiles(root: string, { path, pipeline }: LoadedPipeline): void {
  const states = Object.values(pipeline.workflow.states);
  const validates = states.some((state) => state.kind === "lambda" && state.function === "validate");
  if (!validates) return;
  const sources = join(root, path, "sources");
  const json = folderNames(sources).find(
    (name) => readSettings(root, `${path}/sources/${name}/profile.json`).format === "json",
  );
  if (json !== undefined)
    throw new Error(
      `${path}/sources/${json}: it is JSON, and the workflow validates files; validating takes CSV only`,
    );
  if (pipeline.profiles !== undefined) return;
  throw new Error(
    `${path}/pipeline.ts: its workflow validates files and it lacks profiles; give it those of generated/profiles.ts`,
  );
}

function profile(root: string, path: string, name: string): string[] {
  const header = readHeader(readFileSync(join(root, path, "header.txt"), "utf8"));
  const { folder, multiline, format } = readSettings(root, `${path}/profile.json`);
  const datasets = fileNames(join(root, path), ".sql").map((file) => basename(file, ".sql"));
  return [
    "  {",
    `    name: ${quoted(name)},`,
    ...list("header", header),
    `    folder: ${folder === null ? "null" : quoted(folder)},`,
    `    multiline: ${multiline},`,
    ...(format === "csv" ? [] : [`    format: ${quoted(format)},`]),
    ...list("datasets", datasets),
    "  },",
  ];
}

/** The width that the repository's formatter is set to. */
const lineWidth = 110;

/** The formatter's own rule: a list that makes its line too long gets a line for each of its entries. */
function list(property: string, texts: readonly string[]): string[] {
  const entries = texts.map(quoted);
  const inline = `    ${property}: [${entries.join(", ")}],`;
  if (inline.length <= lineWidth) return [inline];
  return [`    ${property}: [`, ...entries.map((entry) => `      ${entry},`), "    ],"];
}

/** In double quotes, unless single ones need fewer escapes, as the formatter has it. */
function quoted(text: string): string {
  const count = (quote: string): number => text.split(quote).length - 1;
  const double = JSON.stringify(text);
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
