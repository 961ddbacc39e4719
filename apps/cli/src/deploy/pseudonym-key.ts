/** The key of pseudonyms: put once by the first deploy, past Terraform, whose state would keep it. */

import { randomBytes } from "node:crypto";
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** Gives the secret a value of 32 random bytes in hex if it has none; returns whether it did. */
export async function ensurePseudonymKey(name: string): Promise<boolean> {
  const client = new SecretsManagerClient();
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
  if (Object.values(VersionIdsToStages).some((stages) => stages.includes("AWSCURRENT"))) return false;
  await client.send(
    new PutSecretValueCommand({ SecretId: name, SecretString: randomBytes(32).toString("hex") }),
  );
  return true;
}
