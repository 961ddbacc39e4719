/** docs/architecture.svg: every pipeline as it stands on AWS, laid out by Graphviz. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { instance } from "@viz-js/viz";
import {
  type ArchitectureGroup,
  type ArchitectureNode,
  pipelineGroup,
  sharedNodes,
} from "./architecture-graph.ts";
import type { GeneratedFile } from "./generated-file.ts";

export async function architectureFile(pipelines: readonly Pipeline[]): Promise<GeneratedFile> {
  const groups = pipelines.map(pipelineGroup);
  const viz = await instance();
  const drawn = viz.renderString(dot(groups), { format: "svg", engine: "dot" });
  return { path: "docs/architecture.svg", text: finished(drawn, groups) };
}

/** The graph in Graphviz's language; colours are left to the style sheet. */
function dot(groups: readonly ArchitectureGroup[]): string {
  return [
    "digraph architecture {",
    '  graph [rankdir=LR, nodesep=0.18, ranksep=0.7, fontname="Helvetica", fontsize=15, pad=0.3, bgcolor="transparent"]',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=13, margin="0.14,0.07"]',
    "  edge [arrowsize=0.6]",
    ...groups.flatMap((group, at) => [
      `  subgraph cluster_${at} {`,
      `    label=${quoted(group.name)}; labeljust=l; style=rounded; margin=14; class="pipeline"`,
      ...group.nodes.map((node) => `    ${nodeLine(node)}`),
      "  }",
    ]),
    ...sharedNodes.map((node) => `  ${nodeLine(node)}`),
    ...groups.flatMap(({ edges }) => edges.map(({ from, to }) => `  ${quoted(from)} -> ${quoted(to)}`)),
    "}",
    "",
  ].join("\n");
}

function nodeLine({ id, name, what, kind }: ArchitectureNode): string {
  const label = `<<b>${escaped(name)}</b><br/><font point-size="11">${escaped(what)}</font>>`;
  return `${quoted(id)} [class="${kind}", label=${label}]`;
}

/** Its colours, for a light and a dark page; the ground is its own, so that it can be read on either. */
const style = `
  .ground { fill: #ffffff }
  text { fill: #1b1f24; font-family: Helvetica, Arial, sans-serif }
  .node path, .node polygon { stroke: #8a929b }
  .cluster path { fill: none; stroke: #b3bac2; stroke-dasharray: 5 4 }
  .edge path { stroke: #6b737c }
  .edge polygon { fill: #6b737c; stroke: #6b737c }
  .source path { fill: #e3effc }
  .machine path { fill: #e4f4e1 }
  .compute path { fill: #fdf0da }
  .store path { fill: #eef0f2 }
  .people path { fill: #f3e8fb }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0f1419 }
    text { fill: #e8ebee }
    .node path, .node polygon { stroke: #6b747e }
    .cluster path { stroke: #56606a }
    .edge path { stroke: #98a2ac }
    .edge polygon { fill: #98a2ac; stroke: #98a2ac }
    .source path { fill: #163251 }
    .machine path { fill: #1c3d1d }
    .compute path { fill: #4a3511 }
    .store path { fill: #2a3038 }
    .people path { fill: #3b2350 }
  }
`;

/** Graphviz's drawing with a title, a description, a ground and the style sheet. */
function finished(drawn: string, groups: readonly ArchitectureGroup[]): string {
  const viewBox = /viewBox="([^"]+)"/.exec(drawn)?.[1];
  const body = /<g id="graph0"[^>]*>[\s\S]*<\/g>/.exec(drawn)?.[0];
  if (viewBox === undefined || body === undefined) throw new Error("Graphviz drew no SVG");
  const [, , width, height] = viewBox.split(" ");
  return [
    "<!-- Generated from packages/pipelines/; do not edit. -->",
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" role="img" aria-labelledby="title desc">`,
    '<title id="title">The pipelines of Penstock on AWS</title>',
    `<desc id="desc">${escaped(described(groups))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    // a title of the graph and of each node would be read out, and shown, in place of ours
    body.replace(/<title>[\s\S]*?<\/title>\n?/g, "").replace(/<!--[\s\S]*?-->\n?/g, ""),
    "</svg>",
    "",
  ].join("\n");
}

/** The picture in words. */
function described(groups: readonly ArchitectureGroup[]): string {
  return groups
    .map(({ name, nodes, edges }) => {
      const names = (ids: readonly string[]) =>
        [...nodes, ...sharedNodes]
          .filter(({ id }) => ids.includes(id))
          .map((node) => `${node.name} (${node.what})`)
          .join(", ");
      const into = nodes.filter(({ kind }) => kind === "machine").map(({ id }) => id);
      const starts = edges.filter(({ to }) => into.includes(to)).map(({ from }) => from);
      const calls = edges.filter(({ from }) => into.includes(from)).map(({ to }) => to);
      const writes = edges.filter(({ from }) => calls.includes(from)).map(({ to }) => to);
      const alone = nodes.flatMap(({ id, kind, name: called }) => {
        const before = edges.filter(({ from, to }) => to === id && !into.includes(from));
        if (kind !== "compute" || before.length === 0) return [];
        const after = edges.filter(({ from }) => from === id).map(({ to }) => to);
        return [` ${called}: after ${names(before.map(({ from }) => from))} comes ${names(after)}.`];
      });
      const run = `started by ${names(starts)}; calls ${names(calls)}; these write ${names(writes)}.`;
      return `${name}: ${run}${alone.join("")}`;
    })
    .join(" ");
}

const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
