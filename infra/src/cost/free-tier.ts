/**
 * What AWS gives each account every month, for good. It is the account's: other things in the account use it too.
 *
 * The offers of the first twelve months (5 GB of S3, a million requests of HTTP APIs) were for accounts opened before 15 July 2025, and so
 * ended by 15 July 2026. An account opened since has credits instead, of up to 200 US dollars, which are used up or
 * lapse, and a free plan that ends after six months; nothing here counts on them.
 */

import type { PriceItem } from "./prices.ts";

/** How much of what is paid for is free each month, in the unit of its price; of what is not here, nothing is: Glue's jobs. */
export const alwaysFree: Readonly<Partial<Record<PriceItem, number>>> = {
  lambdaRequest: 1_000_000,
  lambdaGbSecond: 400_000,
  stateTransition: 4_000,
  // on-demand requests are paid from the first; the free 25 units are of provisioned capacity
  dynamoGbMonth: 25,
  kmsRequest: 20_000,
  alarm: 10,
  dashboard: 3,
  customMetric: 10,
  // five GB of ingestion, storage and queries together: all of it is counted towards ingestion here
  logsGb: 5,
  trace: 100_000,
  snsPublish: 1_000_000,
  snsEmail: 1_000,
  schedule: 14_000_000,
};

export const freeTierSource = "https://aws.amazon.com/free/";
