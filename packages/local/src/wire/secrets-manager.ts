import { requiredText } from "../json.ts";
import type { SecretsManager } from "../secrets-manager.ts";
import type { JsonService } from "./json-protocol.ts";

/** Secrets Manager's API: reading a secret. */
export function secretsManagerApi(secrets: SecretsManager): JsonService {
  return {
    name: "Secrets Manager",
    target: "secretsmanager",
    operations: { GetSecretValue: (input) => secrets.get(requiredText(input, "SecretId")) },
  };
}
