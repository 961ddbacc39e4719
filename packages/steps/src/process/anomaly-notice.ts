/** What is told of the anomalies in one file or run, once: short enough for a phone. */

import { command, counted, type NoticeFacts, shortList, subjectLine } from "../notice.ts";
import type { Finding } from "./bring.ts";

/** Records that are no rows: how many, and how many have each reason; one may have several. */
export interface SetAside {
  readonly records: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Why the whole file is none, if it is none. */
  readonly refused?: string;
}

/** A message for SNS. */
export interface AnomalyNotice {
  readonly subject: string;
  readonly message: string;
  /** Every one of them is always there. */
  readonly attributes: {
    readonly pipeline: string;
    readonly environment: string;
    readonly status: "ANOMALIES";
    /** Rows. */
    readonly anomalies: number;
    readonly set_aside: number;
  };
}

/**
 * @param of the file's key, or the run's id
 */
export function anomalyNotice(
  of: string,
  findings: readonly Finding[],
  setAside: SetAside,
  facts: NoticeFacts & { readonly dataset: string },
): AnomalyNotice {
  const { pipeline, environment, dataset } = facts;
  const aside = setAside.records;
  const what = [
    ...(findings.length === 0
      ? []
      : [counted(findings.length, "anomal").replace(/anomals?$/, ies(findings.length))]),
    ...(aside === 0 ? [] : [`${counted(aside, "record")} set aside`]),
    ...(setAside.refused === undefined ? [] : ["a file that can't be read"]),
  ].join(", ");
  return {
    subject: subjectLine(facts, what),
    message: [
      `${pipeline} (${environment}): ${what}`,
      `in ${of}`,
      "",
      ...shortList(byKey(findings)),
      ...shortList(
        Object.entries(setAside.reasons).map(([reason, count]) => `${reason}: ${counted(count, "record")}`),
      ),
      ...(aside === 0 ? [] : ["The next run puts them into quarantine."]),
      ...(setAside.refused === undefined ? [] : [setAside.refused, "The next run rejects it."]),
      "",
      "Next:",
      ...(aside === 0 && setAside.refused === undefined ? [] : [`  ${command(facts, `run ${pipeline}`)}`]),
      ...(aside === 0 ? [] : [`  ${command(facts, `quarantine ${dataset}`)}`]),
      `  ${command(facts, `status`)}`,
      "",
    ].join("\n"),
    attributes: {
      pipeline,
      environment,
      status: "ANOMALIES",
      anomalies: findings.length,
      set_aside: aside,
    },
  };
}

const ies = (count: number): string => (count === 1 ? "anomaly" : "anomalies");

/** `site-alpha-pv-farm-01: spike, 2 rows from 2026-11-28T21:05:00Z` */
function byKey(findings: readonly Finding[]): string[] {
  const groups = Map.groupBy(findings, ({ key, reasons }) => `${key}: ${reasons.join(", ")}`);
  return [...groups].map(([what, of]) => {
    const first = of.map(({ time }) => time).sort()[0];
    return `${what}${of.length === 1 ? "" : `, ${of.length} rows`} from ${first}`;
  });
}
