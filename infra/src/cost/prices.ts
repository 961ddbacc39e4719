/**
 * What AWS charges, per unit, in US dollars before tax. No list is asked at run time: each price says where it stands
 * and on which day it was read there. None was read off AWS by this project itself: they are AWS's figures as public
 * repositories quoted them on that day, from AWS's price list or pricing page, so look again before you rely on one.
 */

export interface Price {
  readonly usd: number;
  /** Where AWS publishes it. */
  readonly source: string;
  /** The day on which it was read there; null for a figure that is quoted everywhere without a day. */
  readonly read: string | null;
  /** The region it was read for, where that is another. */
  readonly readFor?: string;
}

/** What is paid for: whose it is on the bill, and its unit. */
export const items = {
  glueDpuHour: { service: "Glue", unit: "DPU-hours" },
  glueFlexDpuHour: { service: "Glue", unit: "DPU-hours, Flex" },
  lambdaGbSecond: { service: "Lambda", unit: "GB-seconds on arm64" },
  lambdaRequest: { service: "Lambda", unit: "calls" },
  stateTransition: { service: "Step Functions", unit: "transitions" },
  s3GbMonth: { service: "S3", unit: "GB-months" },
  s3Write: { service: "S3", unit: "writes and lists" },
  s3Read: { service: "S3", unit: "reads" },
  dynamoWrite: { service: "DynamoDB", unit: "write units" },
  dynamoRead: { service: "DynamoDB", unit: "read units" },
  dynamoGbMonth: { service: "DynamoDB", unit: "GB-months" },
  athenaTb: { service: "Athena", unit: "TB scanned" },
  kmsKey: { service: "KMS", unit: "keys" },
  kmsRequest: { service: "KMS", unit: "requests" },
  secret: { service: "Secrets Manager", unit: "secrets" },
  alarm: { service: "CloudWatch", unit: "metrics with alarms" },
  dashboard: { service: "CloudWatch", unit: "dashboards" },
  customMetric: { service: "CloudWatch", unit: "metrics of its own" },
  logsGb: { service: "CloudWatch", unit: "GB of logs taken in" },
  logsGbMonth: { service: "CloudWatch", unit: "GB-months of logs" },
  trace: { service: "X-Ray", unit: "traces" },
  snsPublish: { service: "SNS", unit: "messages" },
  snsEmail: { service: "SNS", unit: "e-mails" },
  objectEvent: { service: "EventBridge", unit: "object events" },
  schedule: { service: "EventBridge", unit: "scheduled calls" },
  httpRequest: { service: "API Gateway", unit: "requests of HTTP APIs" },
} as const;

export type PriceItem = keyof typeof items;
export type RegionPrices = Readonly<Record<PriceItem, Price>>;

const list = (offer: string, region: string): string =>
  `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/${region}/index.json`;
const page = (service: string): string => `https://aws.amazon.com/${service}/pricing/`;

type Read = Pick<Price, "read" | "readFor">;

/** The same wherever Penstock is likely to run, as far as could be found: AWS's pages show one figure. */
const everywhere = {
  glueDpuHour: { usd: 0.44, source: page("glue"), read: "2026-09-25", readFor: "us-east-1" },
  glueFlexDpuHour: { usd: 0.29, source: page("glue"), read: "2026-09-25", readFor: "us-east-1" },
  dashboard: { usd: 3, source: page("cloudwatch"), read: null },
  trace: { usd: 0.000005, source: page("xray"), read: null },
  snsPublish: { usd: 0.0000005, source: page("sns"), read: null },
  snsEmail: { usd: 0.00002, source: page("sns"), read: null },
  objectEvent: { usd: 0.000001, source: page("eventbridge"), read: null },
  schedule: { usd: 0.000001, source: page("eventbridge"), read: null },
} satisfies Partial<RegionPrices>;

const ireland = (): RegionPrices => {
  const from = (offer: string, usd: number, read: string): Price => ({
    usd,
    source: list(offer, "eu-west-1"),
    read,
  });
  const tokyo: Read = { read: "2026-09-23", readFor: "ap-northeast-1" };
  return {
    ...everywhere,
    lambdaGbSecond: from("AWSLambda", 0.0000133334, "2026-09-30"),
    lambdaRequest: from("AWSLambda", 0.0000002, "2026-09-30"),
    stateTransition: from("AmazonStates", 0.000025, "2026-10-06"),
    s3GbMonth: from("AmazonS3", 0.023, "2026-09-27"),
    s3Write: from("AmazonS3", 0.000005, "2026-09-27"),
    s3Read: from("AmazonS3", 0.0000004, "2026-09-27"),
    dynamoWrite: from("AmazonDynamoDB", 0.000000705, "2026-07-01"),
    dynamoRead: from("AmazonDynamoDB", 0.0000001415, "2026-07-01"),
    dynamoGbMonth: from("AmazonDynamoDB", 0.283, "2026-07-01"),
    athenaTb: { usd: 5, source: page("athena"), read: "2026-09-25", readFor: "us-east-1" },
    kmsKey: { usd: 1, source: list("awskms", "ap-northeast-1"), ...tokyo },
    kmsRequest: from("awskms", 0.000003, "2026-09-30"),
    secret: { usd: 0.4, source: page("secrets-manager"), read: "2026-09-16" },
    alarm: from("AmazonCloudWatch", 0.1, "2026-09-16"),
    customMetric: { usd: 0.3, source: list("AmazonCloudWatch", "ap-northeast-1"), ...tokyo },
    logsGb: from("AmazonCloudWatch", 0.57, "2026-09-30"),
    logsGbMonth: from("AmazonCloudWatch", 0.03, "2026-09-30"),
    httpRequest: { usd: 0.00000111, source: page("api-gateway"), read: null },
  };
};

const tokyo = (): RegionPrices => {
  const from = (offer: string, usd: number): Price => ({
    usd,
    source: list(offer, "ap-northeast-1"),
    read: "2026-09-23",
  });
  return {
    ...everywhere,
    // the list of that day was read for x86; Graviton is quoted at the same figure as in Ireland
    lambdaGbSecond: {
      usd: 0.0000133334,
      source: list("AWSLambda", "eu-west-1"),
      read: "2026-09-30",
      readFor: "eu-west-1",
    },
    lambdaRequest: from("AWSLambda", 0.0000002),
    stateTransition: {
      usd: 0.000025,
      source: list("AmazonStates", "eu-west-1"),
      read: "2026-10-06",
      readFor: "eu-west-1",
    },
    s3GbMonth: from("AmazonS3", 0.025),
    s3Write: from("AmazonS3", 0.0000047),
    s3Read: from("AmazonS3", 0.00000037),
    dynamoWrite: from("AmazonDynamoDB", 0.000000715),
    dynamoRead: from("AmazonDynamoDB", 0.0000001425),
    dynamoGbMonth: { usd: 0.285, source: page("dynamodb"), read: null },
    athenaTb: from("AmazonAthena", 5),
    kmsKey: from("awskms", 1),
    kmsRequest: from("awskms", 0.000003),
    secret: from("AWSSecretsManager", 0.4),
    alarm: from("AmazonCloudWatch", 0.1),
    customMetric: from("AmazonCloudWatch", 0.3),
    logsGb: from("AmazonCloudWatch", 0.76),
    logsGbMonth: { usd: 0.033, source: page("cloudwatch"), read: null },
    httpRequest: { usd: 0.00000129, source: list("AmazonApiGateway", "ap-northeast-1"), read: null },
  };
};

/** The regions whose prices are known. */
export const prices = { "eu-west-1": ireland(), "ap-northeast-1": tokyo() } as const;

export type PricedRegion = keyof typeof prices;

export const pricedRegions = Object.keys(prices) as readonly PricedRegion[];

export const isPriced = (region: string): region is PricedRegion => Object.hasOwn(prices, region);
