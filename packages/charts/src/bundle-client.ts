import { dirname } from "node:path";
import { build } from "esbuild";

/**
 * The script of a pipeline's pages: Observable Plot, the pipeline's drawings, and what shows them.
 *
 * @param drawings the path of the file that exports `drawings`
 * @returns JavaScript that stands safely within `<script>`
 */
export async function clientScript(drawings: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { show } from "@penstock/charts/client.ts";
        import { drawings } from ${JSON.stringify(drawings)};
        show(drawings);`,
      resolveDir: dirname(drawings),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    // no comment of a library may end the element that holds it, and esbuild escapes `</script` in texts
    legalComments: "none",
    charset: "ascii",
    logLevel: "error",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${drawings}`);
  return output.text.trim();
}
