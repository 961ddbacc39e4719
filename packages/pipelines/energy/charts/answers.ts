/** The shapes of the API's answers, as far as the charts use them; all else in them is let through. */

import { type Api, ApiFailure } from "@penstock/charts/api.ts";
import { z } from "zod";

const siteAnswer = z.object({
  site_id: z.string().min(1),
  name: z.string(),
  kind: z.string(),
  /** kW. */
  capacity_kw: z.number(),
  interval_minutes: z.number().positive(),
});
const sitesAnswer = z.object({ sites: z.array(siteAnswer) });

const recordsAnswer = z.object({
  records: z.array(
    z.object({
      timestamp: z.iso.datetime({ offset: true }),
      energy_generated_kwh: z.number(),
      energy_consumed_kwh: z.number(),
      net_energy_kwh: z.number(),
      anomaly: z.boolean(),
      anomaly_reasons: z.array(z.string()),
    }),
  ),
});

export type Site = z.infer<typeof siteAnswer>;
export type EnergyRecord = z.infer<typeof recordsAnswer>["records"][number];

/** `GET /sites`. @throws ApiFailure */
export async function sitesOf(api: Api): Promise<readonly Site[]> {
  return checked(api, "/sites", sitesAnswer, await api.get(["sites"])).sites;
}

/**
 * `GET /records/{site_id}`, every page.
 *
 * @param parameters start, end, limit, order, as the API takes them
 * @throws ApiFailure
 */
export async function* recordsOf(
  api: Api,
  siteId: string,
  parameters: Readonly<Record<string, string>>,
): AsyncIterable<readonly EnergyRecord[]> {
  for await (const page of api.pages(["records", siteId], parameters))
    yield checked(api, `/records/${siteId}`, recordsAnswer, page).records;
}

function checked<T>(api: Api, path: string, shape: z.ZodType<T>, answer: unknown): T {
  const result = shape.safeParse(answer);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const where = first === undefined || first.path.length === 0 ? "the answer" : first.path.join(".");
  throw new ApiFailure(
    `${api.url} is not the energy pipeline's API: of ${JSON.stringify(path)}, ${where} is wrong (${first?.message ?? "no reason given"})`,
  );
}
