import { figure, type Page } from "@penstock/charts/figure.ts";
import { buckets } from "@penstock/charts/thin.ts";
import { clamped } from "./bars-drawing.ts";
import { type Shares, shareDrawing } from "./share-drawing.ts";
import { type Reading, type SiteReadings, sum, withReadings } from "./site-readings.ts";
import { counted, kwh, number, percent, shortened } from "./words.ts";

/**
 * Share of the generation that is retained: net / generated = (generated − consumed) / generated. 1 when nothing is
 * consumed, 0 when all of it is, below 0 when more is consumed than generated.
 *
 * @returns null when nothing was generated
 */
export function shareRetained(readings: readonly Reading[]): number | null {
  const generated = sum(readings, "generated");
  return generated > 0 ? sum(readings, "net") / generated : null;
}

/** What share of its generation each site keeps. */
export function siteEfficiency(all: readonly SiteReadings[], period: string): Page {
  const sites = withReadings(all);
  return {
    file: "4_site_efficiency.html",
    title: "Efficiency of the sites",
    lead: "What share of its generation each site retains.",
    period,
    notes: [
      "Share retained = net energy / generated energy = (generated − consumed) / generated, over the sums of the period. 100 % when nothing is consumed, 0 % when all of it is, below 0 when more is consumed than generated.",
      "A site or a day that generated nothing has no share. The axis ends at −100 %: what lies below is drawn at its end, and its number says what it is.",
      "A day is a UTC day. Anomalous readings are part of the sums. Sites without readings in the period are left out.",
    ],
    figures: sites.length === 0 ? [] : [shareFigure(sites)],
  };
}

const domain = [-100, 100] as const;

function shareFigure(sites: readonly SiteReadings[]) {
  const rows = sites
    .map((each) => ({ ...each, share: shareRetained(each.readings), days: sharesOfDays(each.readings) }))
    .sort((a, b) => (b.share ?? -Infinity) - (a.share ?? -Infinity));
  const [best] = rows;
  return figure(
    shareDrawing,
    {
      bars: rows.map(({ site, share, readings, days, period }) => ({
        name: site.name,
        value: share === null ? null : share * 100,
        text: share === null ? "generated nothing" : percent(share),
        details: [
          shortened(site.name),
          share === null ? "Generated nothing" : `Retained ${percent(share)}`,
          `Net ${kwh(sum(readings, "net"))}`,
          `Generated ${kwh(sum(readings, "generated"))}`,
          ...(days.length > 1
            ? [`Days from ${percent(Math.min(...days))} to ${percent(Math.max(...days))}`]
            : []),
          `${period?.from} to ${period?.to}`,
        ].join("\n"),
      })),
      label: "share of generation retained, %",
      colours: ["--series-1", "--series-2"],
      domain,
      days: rows.flatMap(({ days }, place) =>
        days.map((share) => [place, clamped(Math.round(share * 1000) / 10, domain)] as const),
      ),
    } satisfies Shares,
    {
      title: "Share of generation retained",
      description: `Net energy over generated energy of each site; a dot is one day.${
        best === undefined || best.share === null
          ? ""
          : ` ${best.site.name} retains the most, ${percent(best.share)}.`
      }`,
      legend: [
        { label: "Retained", colour: "--series-1" },
        { label: "Consumed more than generated", colour: "--series-2" },
      ],
      table: {
        caption: "Share of generation retained",
        columns: [
          { name: "Site" },
          { name: "Generated, kWh", isNumber: true },
          { name: "Net, kWh", isNumber: true },
          { name: "Retained", isNumber: true },
          { name: "Days with a share", isNumber: true },
          { name: "Lowest day", isNumber: true },
          { name: "Highest day", isNumber: true },
        ],
        rows: rows.map(({ site, readings, share, days }) => [
          site.name,
          number(sum(readings, "generated")),
          number(sum(readings, "net")),
          share === null ? null : percent(share),
          counted(days.length),
          days.length === 0 ? null : percent(Math.min(...days)),
          days.length === 0 ? null : percent(Math.max(...days)),
        ]),
      },
    },
  );
}

function sharesOfDays(readings: readonly Reading[]): readonly number[] {
  return buckets(readings, { name: "day", milliseconds: 86_400_000 }).flatMap(({ items }) => {
    const share = shareRetained(items);
    return share === null ? [] : [share];
  });
}
