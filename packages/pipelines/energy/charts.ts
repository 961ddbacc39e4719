/** The pipeline's charts, from what its HTTP API answers. */

import type { Api } from "@penstock/charts/api.ts";
import type { Asked } from "@penstock/charts/charts-of-pipeline.ts";
import type { Report } from "@penstock/charts/figure.ts";
import { anomalyDistribution } from "./charts/anomaly-distribution.ts";
import { sitesOf } from "./charts/answers.ts";
import { energyTrends } from "./charts/energy-trends.ts";
import { netEnergyComparison } from "./charts/net-energy-comparison.ts";
import { periodInWords } from "./charts/period.ts";
import { siteEfficiency } from "./charts/site-efficiency.ts";
import { readSite, type SiteReadings, sum, withReadings } from "./charts/site-readings.ts";
import { counted, kwh, percent } from "./charts/words.ts";

/**
 * Reads every site's readings of the period and says which pages there are.
 *
 * @throws ApiFailure when the API does not answer, or not as it should
 */
export async function reportOf(api: Api, asked: Asked): Promise<Report> {
  const sites: SiteReadings[] = [];
  for (const site of await sitesOf(api)) {
    asked.tell(site.site_id);
    sites.push(await readSite(api, site, asked));
  }
  const all = sites.flatMap(({ readings }) => readings);
  const anomalies = all.filter(({ isAnomaly }) => isAnomaly).length;
  const period = periodInWords(sites, asked);
  return {
    title: "Energy",
    lead: `${counted(withReadings(sites).length, "site")} of ${sites.length} with readings. ${period}`,
    headlines: [
      { name: "Readings", value: counted(all.length) },
      { name: "Anomalous", value: all.length === 0 ? "–" : percent(anomalies / all.length) },
      { name: "Generated", value: kwh(sum(all, "generated")) },
      { name: "Consumed", value: kwh(sum(all, "consumed")) },
      { name: "Net", value: kwh(sum(all, "net")) },
    ],
    pages: [
      anomalyDistribution(sites, period),
      ...sites.map((site) => energyTrends(site)),
      netEnergyComparison(sites, period),
      siteEfficiency(sites, period),
    ],
    taken: sites.map(({ site, period, readings }) => ({
      site_id: site.site_id,
      from: period?.from ?? null,
      to: period?.to ?? null,
      records: readings.length,
    })),
  };
}
