/** The row type of each dataset, free of imports, and a test that holds it equal to what the contract says. */

import { typescript } from "@penstock/contracts/targets/typescript.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";

export const typesFolder = "packages/types/src";

export function rowTypeFiles({ path, pipeline }: LoadedPipeline): readonly GeneratedFile[] {
  return pipeline.datasets.map((dataset) => ({
    path: `${typesFolder}/${dataset.name}.ts`,
    text: `// Generated from ${path}/contract.ts; do not edit.\n\n${typescript(dataset)}`,
  }));
}

export function rowTypeTest({ path, pipeline, exportNames }: LoadedPipeline): GeneratedFile {
  const datasets = pipeline.datasets.flatMap((dataset) => {
    const exported = exportNames[dataset.name];
    return exported === undefined ? [] : [{ ...dataset, exported }];
  });
  // the formatter sorts imports by where they come from
  const typeImports = datasets
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, row }) => `import type { ${row} } from "@penstock/types/${name}.ts";`);
  const names = datasets.map(({ exported }) => exported).sort();
  return {
    path: `${path}/generated/rows.test.ts`,
    text: [
      `// Generated from ${path}/contract.ts; do not edit.`,
      "",
      'import { expect, it } from "@jest/globals";',
      'import type { Row } from "@penstock/contracts/dataset.ts";',
      ...typeImports,
      'import { expectTypeOf } from "expect-type";',
      `import { ${names.join(", ")} } from "../contract.ts";`,
      ...datasets.flatMap(({ row, exported }) => [
        "",
        `it("${row} is a row of ${exported}", () => {`,
        `  expectTypeOf<${row}>().toEqualTypeOf<Row<typeof ${exported}>>();`,
        `  expect(${exported}.row).toBe("${row}");`,
        "});",
      ]),
      "",
    ].join("\n"),
  };
}
