import { join } from "node:path";
import { mermaid } from "@penstock/workflows/mermaid.ts";
import { type GeneratedFile, readText } from "./generated-file.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";

const start = "<!-- generated:workflow -->";
const end = "<!-- /generated:workflow -->";

/** The pipeline's README with its workflow drawn between the markers; nothing where it has none. */
export function readmeFile(root: string, { path, pipeline }: LoadedPipeline): readonly GeneratedFile[] {
  const readme = readText(join(root, path, "README.md"));
  if (readme === undefined || !readme.includes(start)) return [];
  const [before = "", rest = ""] = split(readme, start);
  const [, after] = split(rest, end);
  if (after === undefined) throw new Error(`${path}/README.md: found "${start}", expected "${end}" after it`);
  const diagram = `\n\n\`\`\`mermaid\n${mermaid(pipeline.workflow).trimEnd()}\n\`\`\`\n\n`;
  return [{ path: `${path}/README.md`, text: `${before}${start}${diagram}${end}${after}` }];
}

/** What stands before the first mark and what after; without the mark, all of it and nothing. */
function split(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
