import { createHash, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import type { JsonObject } from "./json.ts";
import { writeWhole } from "./records.ts";

/** What the Secrets Manager stand-in needs to know. */
export interface SecretsManagerOptions {
  /** The secrets there are, by name. */
  readonly names: readonly string[];
  readonly arn: (name: string) => string;
  /** The folder of the secrets, one file each, readable by its owner alone. */
  readonly folder: string;
}

/** AWS Secrets Manager: each secret is 32 random bytes in hex, made when it is first asked for. */
export class SecretsManager {
  private readonly options: SecretsManagerOptions;

  constructor(options: SecretsManagerOptions) {
    this.options = options;
  }

  /** The secret of that name or ARN. Throws ResourceNotFoundException. */
  get(id: string): JsonObject {
    const name = this.options.names.find(
      (candidate) => candidate === id || this.options.arn(candidate) === id,
    );
    if (name === undefined) {
      const known = this.options.names.join(", ");
      throw new AwsError(
        "ResourceNotFoundException",
        `Secrets Manager can't find ${id}; there are: ${known}.`,
      );
    }
    const path = join(this.options.folder, name);
    if (!statSync(path, { throwIfNoEntry: false })) writeWhole(path, randomBytes(32).toString("hex"), 0o600);
    const value = readFileSync(path, "utf8");
    return {
      ARN: this.options.arn(name),
      Name: name,
      VersionId: createHash("sha256").update(value).digest("hex").slice(0, 32),
      SecretString: value,
      VersionStages: ["AWSCURRENT"],
      CreatedDate: Math.floor(statSync(path).mtimeMs / 1000),
    };
  }
}
