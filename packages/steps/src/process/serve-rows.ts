/** Rows of one key into the series, and its figures after them, by one writer at a time. */

import { type BringContext, type Brought, bring, type Incoming } from "./bring.ts";
import type { ProcessContext } from "./context.ts";
import { exclusively } from "./exclusively.ts";
import { keepFindings } from "./findings.ts";
import { refigure } from "./refigure.ts";

/**
 * @param incoming rows of one key, each time once, in order
 * @param findings the folder of what is found
 * @returns how many rows were written
 * @throws LeaseLost, and what DynamoDB and S3 throw
 */
export async function serveRows(
  key: string,
  incoming: readonly Incoming[],
  findings: string,
  context: ProcessContext,
  more: Pick<BringContext, "isUndone"> = {},
): Promise<number> {
  const { rows, figures, facts } = context;
  const keep: BringContext["keep"] = (found) => keepFindings(found, findings, facts.series, context);
  const { written } = await exclusively(key, context, async (hold): Promise<Brought> => {
    const brought = await bring(key, incoming, { ...facts, rows, keep, ...more }, hold);
    await refigure(key, brought.days, { rows, figures, sums: facts.series.sums });
    return brought;
  });
  return written;
}
