import { expect, test } from "@jest/globals";
import { QueryFailed } from "@penstock/lake/queries.ts";
import { Failure } from "../failure.ts";
import { toldByAws } from "./aws-failure.ts";

const environment = { name: "dev", account: "111111111111", region: "eu-west-1" };
const named = (name: string, message: string, code?: string): Error =>
  Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
const told = (error: Error): string => {
  const failure = toldByAws(error, environment);
  expect(failure).toBeInstanceOf(Failure);
  return failure instanceof Failure ? failure.message : "";
};

const notDeployed = (why: string) =>
  `environment "dev" is not deployed, or not as it is configured now (${why}); type: pnpm penstock deploy --env dev`;
const expired =
  "the AWS credentials have expired; sign in again, such as by aws sso login, then type the command again";

test.each<[string, Error, string]>([
  [
    "a token",
    named("ExpiredTokenException", "The security token included in the request is expired"),
    expired,
  ],
  [
    "a session",
    named("CredentialsProviderError", "The SSO session associated with this profile has expired."),
    expired,
  ],
  [
    "no credentials",
    named("CredentialsProviderError", "Could not load credentials from any providers"),
    "there are no AWS credentials (Could not load credentials from any providers); set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  ],
  [
    "strange credentials",
    named("InvalidClientTokenId", "The security token included in the request is invalid."),
    "AWS does not take the credentials (The security token included in the request is invalid); choose others, such as by AWS_PROFILE",
  ],
  [
    "no permission",
    named("AccessDeniedException", "User: u is not authorized"),
    "AWS does not allow it: User: u is not authorized",
  ],
  [
    "no table",
    named("ResourceNotFoundException", "Requested resource not found"),
    notDeployed("Requested resource not found"),
  ],
  [
    "no bucket",
    named("NoSuchBucket", "The specified bucket does not exist"),
    notDeployed("The specified bucket does not exist"),
  ],
  ["no state machine", named("StateMachineDoesNotExist", "arn:…"), notDeployed("arn:…")],
  [
    "no workgroup",
    named("InvalidRequestException", "WorkGroup penstock-dev is not found."),
    notDeployed("WorkGroup penstock-dev is not found"),
  ],
  [
    "no database",
    new QueryFailed("q", "SCHEMA_NOT_FOUND: line 1:15: Schema 'penstock_dev' does not exist"),
    notDeployed("SCHEMA_NOT_FOUND: line 1:15: Schema 'penstock_dev' does not exist"),
  ],
  [
    "no network",
    named("Error", "getaddrinfo ENOTFOUND", "ENOTFOUND"),
    "AWS in eu-west-1 can't be reached (ENOTFOUND); is the network up?",
  ],
])("%s is told with what to do", (_, error, message) => {
  expect(told(error)).toBe(message);
});

test("a query's own mistake, and ours, stay what they are", () => {
  for (const error of [new QueryFailed("q", "TABLE_NOT_FOUND: line 1:15"), new TypeError("x")])
    expect(toldByAws(error, environment)).toBe(error);
});
