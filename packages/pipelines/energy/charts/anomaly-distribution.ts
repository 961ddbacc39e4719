import { figure, type Page } from "@penstock/charts/figure.ts";
import { type Bar, barsDrawing } from "./bars-drawing.ts";
import { type SiteReadings, withReadings } from "./site-readings.ts";
import { counted, percent, reasonInWords, shortened } from "./words.ts";

/** How many readings are anomalous, for which reasons, and at which sites. */
export function anomalyDistribution(all: readonly SiteReadings[], period: string): Page {
  const sites = withReadings(all);
  const codes = [...new Set(sites.flatMap(({ readings }) => readings.flatMap(({ reasons }) => reasons)))];
  const reasons = codes
    .map((code) => ({ code, sites: sites.map((site) => countOf(site, code)) }))
    .map((reason) => ({ ...reason, count: reason.sites.reduce((total, count) => total + count, 0) }))
    .sort((a, b) => b.count - a.count);
  const page: Omit<Page, "figures"> = {
    file: "1_anomaly_distribution.html",
    title: "Distribution of anomalies",
    lead: "Why readings were found anomalous, and where.",
    period,
    notes: [
      "A reading may have more than one reason, so the reasons may add up to more than the anomalous readings.",
      "The share of a site is its anomalous readings over all its readings of the period.",
    ],
  };
  if (sites.length === 0) return { ...page, figures: [] };
  return { ...page, figures: [...(reasons.length === 0 ? [] : [byReason(sites, reasons)]), bySite(sites)] };
}

interface ReasonCount {
  readonly code: string;
  readonly count: number;
  /** In the order of the sites. */
  readonly sites: readonly number[];
}

function byReason(sites: readonly SiteReadings[], reasons: readonly ReasonCount[]) {
  const [most] = reasons;
  const bars = reasons.map(({ code, count, sites: counts }): Bar => {
    const where = sites
      .map(({ site }, index) => ({ name: site.name, count: counts[index] ?? 0 }))
      .filter((each) => each.count > 0)
      .sort((a, b) => b.count - a.count);
    const lines = where.slice(0, 6).map((each) => `${shortened(each.name)}: ${counted(each.count)}`);
    const rest = where.length > 6 ? [`and ${counted(where.length - 6, "site")} more`] : [];
    return {
      name: reasonInWords(code),
      value: count,
      text: counted(count),
      details: [reasonInWords(code), ...lines, ...rest].join("\n"),
    };
  });
  return figure(
    barsDrawing,
    { bars, label: "anomalous readings", colours },
    {
      title: "Anomalies by reason",
      description: `Anomalous readings for each reason, at all sites. The most frequent is “${reasonInWords(most?.code ?? "")}” with ${counted(most?.count ?? 0)}.`,
      legend: [],
      table: {
        caption: "Anomalous readings by site and reason",
        columns: [
          { name: "Site" },
          ...reasons.map(({ code }) => ({ name: reasonInWords(code), isNumber: true })),
        ],
        rows: sites.map(({ site }, index) => [
          site.name,
          ...reasons.map(({ sites: counts }) => counted(counts[index] ?? 0)),
        ]),
      },
    },
  );
}

function bySite(sites: readonly SiteReadings[]) {
  const rows = sites
    .map(({ site, readings, period }) => {
      const anomalies = readings.filter(({ isAnomaly }) => isAnomaly).length;
      return { site, period, readings: readings.length, anomalies, share: anomalies / readings.length };
    })
    .sort((a, b) => b.share - a.share);
  const [most] = rows;
  const bars = rows.map(
    ({ site, period, readings, anomalies, share }): Bar => ({
      name: site.name,
      value: share * 100,
      text: percent(share),
      details: [
        shortened(site.name),
        `${counted(anomalies)} of ${counted(readings, "reading")} anomalous`,
        `${period?.from} to ${period?.to}`,
      ].join("\n"),
    }),
  );
  return figure(
    barsDrawing,
    { bars, label: "anomalous readings, % of all", colours },
    {
      title: "Share of anomalous readings by site",
      description: `Anomalous readings as a share of all readings of each site. The highest is ${most?.site.name} with ${percent(most?.share ?? 0)}.`,
      legend: [],
      table: {
        caption: "Anomalous readings by site",
        columns: [
          { name: "Site" },
          { name: "From" },
          { name: "To" },
          { name: "Readings", isNumber: true },
          { name: "Anomalous", isNumber: true },
          { name: "Share", isNumber: true },
        ],
        rows: rows.map(({ site, period, readings, anomalies, share }) => [
          site.name,
          period?.from ?? null,
          period?.to ?? null,
          counted(readings),
          counted(anomalies),
          percent(share),
        ]),
      },
    },
  );
}

const colours = ["--series-3", "--series-3"] as const;

const countOf = ({ readings }: SiteReadings, code: string): number =>
  readings.filter(({ reasons }) => reasons.includes(code)).length;
