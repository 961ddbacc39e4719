/**
 * The environments that Penstock is deployed to, each by its name: `pnpm penstock deploy --env dev`.
 * Everything but account and region has a default; `src/config.ts` says which.
 */
import type { EnvironmentInput } from "./src/config.ts";

const environments: Readonly<Record<string, EnvironmentInput>> = {
  /** For trying things out: small, and can be destroyed with all its data. */
  dev: {
    account: "111111111111",
    region: "eu-west-1",
    allowDestroy: true,
    monthlyBudgetUsd: 20,
    retentionDays: { archive: 30, logs: 14, replaced: 7 },
  },
  /** Tokyo; nothing in it can be destroyed by a command. */
  prod: {
    account: "222222222222",
    region: "ap-northeast-1",
    emails: ["data-team@example.com"],
    monthlyBudgetUsd: 300,
    retentionDays: { logs: 365 },
    // whoever asks an API signs, as IAM lets him; with a token of your own issuer instead: { jwt: { issuer, audience } }
    api: { access: "iam" },
  },
};

export default environments;
