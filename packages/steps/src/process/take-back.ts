/** What an attempt that died had found, and is not so: others may have written in between. */

import type { Finding } from "./bring.ts";
import type { ProcessContext } from "./context.ts";
import { exclusively } from "./exclusively.ts";
import { keepFindings } from "./findings.ts";

/**
 * Keeps what is so of rows that were found to be otherwise. Findings are kept before their rows are put; of a process
 * that dies in between, the next attempt may find the same rows with nothing to tell.
 *
 * @param earlier what earlier attempts left in the folder
 * @param folder a findingsPrefix
 */
export async function takeBack(
  earlier: readonly Finding[],
  folder: string,
  context: ProcessContext,
): Promise<void> {
  const { rows, facts } = context;
  for (const [key, findings] of Map.groupBy(earlier, (finding) => finding.key)) {
    await exclusively(key, context, async () => {
      const now: Finding[] = [];
      for (const { time, reasons } of findings) {
        const [row] = await rows.between(key, time, time);
        const found = row?.reasons ?? [];
        if (found.join() !== reasons.join()) now.push({ key, time, reasons: found });
      }
      await keepFindings(now, folder, facts.series, context);
    });
  }
}
