/** What an environment is, checked before anything is made of it. */

import type { Environment } from "@penstock/lake/names.ts";
import * as z from "zod";
import { regions } from "./regions.ts";
import { anAccount, suggestion, toldIssue } from "./told-issue.ts";

const days = (least: number) => z.int().min(least).max(3653);

const schema = z.strictObject({
  /** The account; Terraform refuses to work in another. */
  account: z.string().regex(/^\d{12}$/, anAccount),
  region: z.enum(regions),
  /** The pipelines to deploy, by their folders' names. */
  pipelines: z.union([z.literal("all"), z.array(z.string()).nonempty()]).default("all"),
  /** Whether `destroy` may remove it, with all its data. Without it, buckets and tables are protected. */
  allowDestroy: z.boolean().default(false),
  /** Who is told of runs, alarms and the budget; each must confirm the subscription that is mailed. */
  emails: z.array(z.email("an e-mail address")).default([]),
  /** A month's costs at 80 % and 100 % of which the addresses are told; null for no budget. */
  monthlyBudgetUsd: z.number().positive().nullable().default(null),
  /** How long what is no table stays, in days. */
  retentionDays: z
    .strictObject({
      rejected: days(1).default(90),
      archive: days(1).default(365),
      /** Manifests, reports, lineage: what `logs` and `diff` look back on. */
      runs: days(90).default(400),
      queryResults: days(1).default(14),
      /** CloudWatch's log groups; one of the numbers that it knows. */
      logs: z
        .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827])
        .default(30),
      /** Versions of objects that were replaced or deleted. */
      replaced: days(1).default(30),
    })
    .prefault({}),
  /** Glue. How many workers a run has is its size's to say. */
  job: z
    .strictObject({
      workerType: z.enum(["G.1X", "G.2X", "G.4X", "G.8X"]).default("G.1X"),
      /** The state machine waits for ten hours, capacity included. */
      timeoutMinutes: z.int().min(5).max(540).default(120),
      /** Spare capacity at about two thirds of the price; a run may wait for it, and be interrupted. */
      flex: z.boolean().default(false),
    })
    .prefault({}),
  /** Lambda. */
  functions: z
    .strictObject({
      memoryMb: z.int().min(128).max(10240).default(512),
      /** How many of each function run at once, out of the account's share; null takes none out of it. */
      reservedConcurrency: z.int().min(1).max(1000).nullable().default(null),
    })
    .prefault({}),
  /** The HTTP APIs of the pipelines that serve something. */
  api: z
    .strictObject({
      /** Who may ask: anybody, whoever signs as IAM lets them, or whoever brings a token of this issuer. */
      access: z
        .union([
          z.enum(["public", "iam"]),
          z.strictObject({
            jwt: z.strictObject({
              issuer: z.url({ protocol: /^https$/, error: "a URL with https://" }),
              audience: z.array(z.string().min(1)).nonempty(),
            }),
          }),
        ])
        .default("public"),
      /** The web pages that may ask from a browser, by their origins; null for none. */
      cors: z
        .strictObject({
          origins: z
            .array(
              z.string().regex(/^(\*|https?:\/\/[^/*\s]+)$/, "an origin such as https://example.com, or *"),
            )
            .nonempty(),
        })
        .nullable()
        .default(null),
      /** What all callers together may ask; more is answered with 429. */
      throttle: z
        .strictObject({
          /** Requests a second, over time. */
          rate: z.number().min(1).max(10_000).default(50),
          /** And at once. */
          burst: z.int().min(1).max(5_000).default(100),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Athena. */
  queries: z
    .strictObject({
      /** A query that scans more is stopped. */
      scannedGbPerQuery: z.number().min(0.01).max(7_000_000).default(10),
    })
    .prefault({}),
  /** ARNs that may take the analysts' role; none means nobody but the account's administrators. */
  analysts: z
    .array(z.string().regex(/^arn:aws:iam::\d{12}:(role|user)\/.+$/, "the ARN of a role or user"))
    .default([]),
  /**
   * Draws the curated tables in QuickSight, which the account must have subscribed to; null for none. The owner is the
   * ARN of a QuickSight user or group.
   */
  quickSight: z
    .strictObject({
      owner: z
        .string()
        .regex(
          /^arn:aws:quicksight:[a-z0-9-]+:\d{12}:(user|group)\/.+$/,
          "the ARN of a QuickSight user or group",
        ),
    })
    .nullable()
    .default(null),
  /** Where AWS is played, such as http://127.0.0.1:5000; null for AWS itself. */
  endpoint: z
    .url({ protocol: /^https?$/, error: "a URL with http:// or https://" })
    .nullable()
    .default(null),
});

/** What a person writes. */
export type EnvironmentInput = z.input<typeof schema>;

/** One installation of Penstock on AWS, every default filled in. */
export type EnvironmentConfig = Readonly<z.output<typeof schema>> & Environment;

/** A configuration that can't be used; its message says which keys and what is allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * The environment of that name.
 *
 * @param environments as they are written, by name
 * @param pipelines the pipelines there are
 * @throws ConfigError naming each key that is wrong, and what is allowed there
 */
export function environmentNamed(
  name: string,
  environments: Readonly<Record<string, unknown>>,
  pipelines: readonly string[],
): EnvironmentConfig {
  const known = Object.keys(environments);
  if (!Object.hasOwn(environments, name)) {
    throw new ConfigError(`there is no environment "${name}"${suggestion(name, known)}`);
  }
  if (!/^[a-z][a-z0-9-]{0,11}$/.test(name) || name === "local") {
    throw new ConfigError(
      `environment "${name}": expected a name of at most 12 lower-case letters, digits and dashes that is not "local"`,
    );
  }
  const parsed = schema.safeParse(environments[name], { reportInput: true });
  if (!parsed.success) {
    const lines = parsed.error.issues.flatMap((issue) => toldIssue(issue, schema)).map((line) => `  ${line}`);
    throw new ConfigError(`environment "${name}":\n${lines.join("\n")}`);
  }
  const asked = parsed.data.pipelines;
  const stranger = asked === "all" ? undefined : asked.find((each) => !pipelines.includes(each));
  if (stranger !== undefined) {
    throw new ConfigError(
      `environment "${name}":\n  pipelines: there is no pipeline "${stranger}"${suggestion(stranger, pipelines)}`,
    );
  }
  return { ...parsed.data, name };
}
