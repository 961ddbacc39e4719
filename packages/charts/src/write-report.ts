import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { clientScript } from "./bundle-client.ts";
import type { Report } from "./figure.ts";
import { indexHtml, pageHtml } from "./page.ts";

/**
 * Writes the pages and their index into a folder, which is made if need be.
 *
 * @param drawings the path of the file that exports the pipeline's `drawings`
 * @returns the files, the index first
 */
export async function writeReport(report: Report, drawings: string, out: string): Promise<string[]> {
  const script = await clientScript(drawings);
  await mkdir(out, { recursive: true });
  const index = join(out, "index.html");
  const files = [index];
  for (const page of report.pages) {
    if (basename(page.file) !== page.file) throw new Error(`${page.file} is no file's name`);
    const file = join(out, page.file);
    await writeFile(file, await pageHtml(report, page, script));
    files.push(file);
  }
  // last, so that it leads nowhere that is not there
  await writeFile(index, await indexHtml(report));
  return files;
}
