/** What was measured, into `docs/reliability-figures.md`: one section for each kind of test, written anew each time. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";

const page = join(toolchain.repository, "docs/reliability-figures.md");
const head = `# Reliability, measured

Written by \`pnpm soak\`, \`pnpm kill-matrix\`, \`pnpm large-files\` and \`pnpm bad-inputs\`; what they test is told in [reliability.md](reliability.md).
`;

/** Replaces the section of that title by a table of two columns, or adds it. */
export function writeFigures(title: string, figures: Readonly<Record<string, string | number>>): void {
  const before = existsSync(page) ? readFileSync(page, "utf8") : head;
  const others = before
    .split(/^(?=## )/m)
    .filter((section, at) => at === 0 || !section.startsWith(`## ${title}\n`))
    .map((section) => section.trimEnd());
  const rows = Object.entries({
    ...figures,
    on: `${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}`,
  });
  const table = [
    "| what | figure |",
    "|---|---|",
    ...rows.map(([what, figure]) => `| ${what} | ${figure} |`),
  ];
  const sections = [...others, [`## ${title}`, "", ...table].join("\n")];
  const [first = "", ...rest] = sections;
  writeFileSync(page, `${[first, ...rest.sort()].join("\n\n")}\n`);
}
