import type { Environment } from "@penstock/lake/names.ts";
import { Failure } from "../failure.ts";
import { isQueryFailure } from "./query-failure.ts";
import { typedCommand } from "./typed-command.ts";

type Told = (message: string, environment: Environment) => string;

const expired: Told = () =>
  "the AWS credentials have expired; sign in again, such as by aws sso login, then type the command again";
const refused: Told = (message) =>
  `AWS does not take the credentials (${message}); choose others, such as by AWS_PROFILE`;
const notThere: Told = (message, environment) =>
  `environment "${environment.name}" is not deployed, or not as it is configured now (${message}); type: ${typedCommand({ environment }, "deploy")}`;

/** What AWS's services and clients say, by the names of their errors. */
const byName: Readonly<Record<string, Told>> = {
  CredentialsProviderError: (message, environment) =>
    /expired/i.test(message)
      ? expired(message, environment)
      : `there are no AWS credentials (${message}); set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
  TokenProviderError: expired,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  InvalidClientTokenId: refused,
  InvalidAccessKeyId: refused,
  UnrecognizedClientException: refused,
  SignatureDoesNotMatch: refused,
  InvalidSignatureException: refused,
  AccessDenied: (message) => `AWS does not allow it: ${message}`,
  AccessDeniedException: (message) => `AWS does not allow it: ${message}`,
  ResourceNotFoundException: notThere,
  NoSuchBucket: notThere,
  StateMachineDoesNotExist: notThere,
  QueueDoesNotExist: notThere,
  EntityNotFoundException: notThere,
};

/** A failure on AWS in one sentence that says what to do; an error that is none of AWS's as it is. */
export function toldByAws(error: unknown, environment: Environment): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replace(/\.$/, "");
  const told = byName[error.name];
  if (told !== undefined) return new Failure(told(message, environment));
  const isAthenaMissing =
    (error.name === "InvalidRequestException" && /workgroup/i.test(message)) ||
    (isQueryFailure(error) && message.startsWith("SCHEMA_NOT_FOUND"));
  if (isAthenaMissing) return new Failure(notThere(message, environment));
  const code = networkCode(error);
  if (code === undefined) return error;
  const where = process.env.AWS_ENDPOINT_URL ?? `AWS in ${environment.region}`;
  return new Failure(`${where} can't be reached (${code}); is the network up?`);
}

const networkCodes = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EPIPE",
];

function networkCode(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause ? String(cause.code) : "";
    if (networkCodes.includes(code)) return code;
  }
  return undefined;
}
