import { figure, type Page } from "@penstock/charts/figure.ts";
import { barsDrawing } from "./bars-drawing.ts";
import { type SiteReadings, sum, withReadings } from "./site-readings.ts";
import { counted, kwh, number, shortened } from "./words.ts";

/** The sites' net energy, as it is and for the size of each. */
export function netEnergyComparison(all: readonly SiteReadings[], period: string): Page {
  const sites = withReadings(all).map((each) => ({
    ...each,
    generated: sum(each.readings, "generated"),
    consumed: sum(each.readings, "consumed"),
    net: sum(each.readings, "net"),
  }));
  return {
    file: "3_net_energy_comparison.html",
    title: "Net energy of the sites",
    lead: "Which sites give more than they take.",
    period,
    notes: [
      "Net energy is generated less consumed, summed over all readings of the period, anomalous ones included.",
      "Energy per kW of capacity makes sites of different sizes comparable; the capacity is what the site is configured with.",
      "Sites without readings in the period are left out.",
    ],
    figures: sites.length === 0 ? [] : [netFigure(sites), byCapacity(sites)],
  };
}

type Sum = SiteReadings & {
  /** kWh. */
  readonly generated: number;
  readonly consumed: number;
  readonly net: number;
};

function netFigure(sites: readonly Sum[]) {
  const sorted = sites.toSorted((a, b) => b.net - a.net);
  const surplus = sites.filter(({ net }) => net > 0).length;
  return figure(
    barsDrawing,
    {
      bars: sorted.map((each) => ({
        name: each.site.name,
        value: each.net,
        text: kwh(each.net),
        details: detailsOf(each),
      })),
      label: "net energy, kWh",
      colours,
    },
    {
      title: "Net energy",
      description: `Generated less consumed of each site, in kWh. ${counted(surplus)} of ${counted(sites.length, "site")} generated more than consumed.`,
      legend,
      table: {
        caption: "Energy of the sites",
        columns: [
          { name: "Site" },
          { name: "From" },
          { name: "To" },
          { name: "Generated, kWh", isNumber: true },
          { name: "Consumed, kWh", isNumber: true },
          { name: "Net, kWh", isNumber: true },
        ],
        rows: sorted.map(({ site, period, generated, consumed, net }) => [
          site.name,
          period?.from ?? null,
          period?.to ?? null,
          number(generated),
          number(consumed),
          number(net),
        ]),
      },
    },
  );
}

function byCapacity(sites: readonly Sum[]) {
  const sorted = sites
    .filter(({ site }) => site.capacity_kw > 0)
    .map((each) => ({ ...each, perKw: each.net / each.site.capacity_kw }))
    .sort((a, b) => b.perKw - a.perKw);
  return figure(
    barsDrawing,
    {
      bars: sorted.map((each) => ({
        name: each.site.name,
        value: each.perKw,
        text: `${number(each.perKw)} kWh/kW`,
        details: `${detailsOf(each)}\nCapacity ${counted(each.site.capacity_kw)} kW`,
      })),
      label: "net energy, kWh per kW of capacity",
      colours,
    },
    {
      title: "Net energy for the size of the site",
      description: "Net energy of each site over the power that it can generate, in kWh per kW.",
      legend,
      table: {
        caption: "Net energy per kW of capacity",
        columns: [
          { name: "Site" },
          { name: "Capacity, kW", isNumber: true },
          { name: "Net, kWh per kW", isNumber: true },
        ],
        rows: sorted.map(({ site, perKw }) => [site.name, counted(site.capacity_kw), number(perKw)]),
      },
    },
  );
}

const colours = ["--series-1", "--series-2"] as const;
const legend = [
  { label: "Surplus", colour: "--series-1" },
  { label: "Deficit", colour: "--series-2" },
];

const detailsOf = ({ site, period, generated, consumed, net }: Sum): string =>
  [
    shortened(site.name),
    `Net ${kwh(net)}`,
    `Generated ${kwh(generated)}`,
    `Consumed ${kwh(consumed)}`,
    `${period?.from} to ${period?.to}`,
  ].join("\n");
