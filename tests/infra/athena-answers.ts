/** What the emulated Athena, which runs no query, is told to answer to the metric queries of a pipeline. */

import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { EmulatedAws } from "../support/emulated-aws.ts";

/** A figure of `somewhere`, as it is to be served. */
export interface Answered {
  /** The key column of the lookup table. */
  readonly by: string;
  /** `<metric>#<period>`. */
  readonly metric: string;
  readonly figure: string;
}

/** One row for each metric: a figure of its own, with a digit that a float would lose. */
export async function answerMetrics(pipeline: Pipeline, aws: EmulatedAws): Promise<readonly Answered[]> {
  const metrics = pipeline.lookups.flatMap(({ key, metrics }) => metrics.map((metric) => ({ key, metric })));
  const answered = metrics.map(({ key, metric }, at) => {
    const figure = `${at + 1}.00000000000000001`;
    const columns = { [key]: "varchar", period: "varchar", figure: "decimal" };
    const answer = {
      query: pipeline.queries.metrics[metric],
      column_info: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
      rows: [Object.keys(columns), ["somewhere", "all", figure]].map((fields) => ({
        Data: fields.map((VarCharValue) => ({ VarCharValue })),
      })),
    };
    return { by: key, metric: `${metric}#all`, figure, answer };
  });
  const body = { region: aws.client.region, results: answered.map(({ answer }) => answer) };
  const url = `${aws.endpoint}/moto-api/static/athena/query-results`;
  const { ok, status } = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!ok) throw new Error(`the emulated Athena takes no answers: ${status}`);
  return answered.map(({ by, metric, figure }) => ({ by, metric, figure }));
}
