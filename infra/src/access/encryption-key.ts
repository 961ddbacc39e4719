/** The use of the environment's KMS key: only through the services whose data it encrypts, never by itself. */

import type { Grant } from "./grant.ts";
import type { Place } from "./place.ts";

/** The services that a role reaches encrypted data through. */
export type EncryptedService = "s3" | "dynamodb" | "secretsmanager" | "sns" | "sqs";

/** What reading takes; DynamoDB's tables take no more to be written, since the table's own key does that. */
export const decrypt = (service: EncryptedService, place: Place): Grant =>
  keyGrant("Decrypt", ["kms:Decrypt"], service, place);

/** What writing takes: a new data key, and in S3 reading it again for the next part of an upload. */
export const encrypt = (service: Exclude<EncryptedService, "dynamodb">, place: Place): readonly Grant[] => [
  keyGrant("Encrypt", ["kms:GenerateDataKey"], service, place),
  decrypt(service, place),
];

function keyGrant(
  name: string,
  actions: readonly string[],
  service: EncryptedService,
  { environment, keyArn }: Place,
): Grant {
  const via = `${service}.${environment.region}.amazonaws.com`;
  return { name, actions, resources: [keyArn], condition: { StringEquals: { "kms:ViaService": [via] } } };
}
