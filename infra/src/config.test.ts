import { expect, test } from "@jest/globals";
import { ConfigError, environmentNamed } from "./config.ts";

const sound = { account: "111111111111", region: "eu-west-1" };
const named = (input: unknown) => environmentNamed("dev", { dev: input }, ["parking", "market"]);

test("account and region are enough; the rest is safe and small", () => {
  expect(named(sound)).toMatchObject({
    name: "dev",
    ...sound,
    pipelines: "all",
    allowDestroy: false,
    emails: [],
    job: { workerType: "G.1X", flex: false },
    endpoint: null,
  });
});

test.each<[string, unknown, string]>([
  ["nothing", {}, "account: it is missing, expected an AWS account: twelve digits in quotes"],
  [
    "an account in the wrong form",
    { ...sound, account: "1234" },
    'account: found "1234", expected an AWS account: twelve digits in quotes',
  ],
  [
    "an account without quotes",
    { ...sound, account: 111111111111 },
    "account: found 111111111111, expected an AWS account: twelve digits in quotes",
  ],
  ["one address", { ...sound, emails: "a@b.org" }, 'emails: found "a@b.org", expected a list'],
  [
    "an endpoint without its scheme",
    { ...sound, endpoint: "localhost:5000" },
    'endpoint: found "localhost:5000", expected a URL with http:// or https://',
  ],
  [
    "a region that is none",
    { ...sound, region: "eu-west" },
    'region: found "eu-west", expected one of af-south-1, ',
  ],
  ["a region that is none, with the nearest", { ...sound, region: "eu-west" }, 'did you mean "eu-west-1"?'],
  [
    "an unknown key",
    { ...sound, allowDestory: true },
    'allowDestory: there is no such key; did you mean "allowDestroy"?',
  ],
  [
    "an unknown key deep down",
    { ...sound, job: { workerTyp: "G.1X" } },
    'job.workerTyp: there is no such key; did you mean "workerType"?',
  ],
  [
    "a bad e-mail",
    { ...sound, emails: ["a@example.com", "b"] },
    'emails.1: found "b", expected an e-mail address',
  ],
  [
    "a number out of its bounds",
    { ...sound, retentionDays: { runs: 1 } },
    "retentionDays.runs: found 1, expected at least 90",
  ],
  [
    "a retention that CloudWatch does not know",
    { ...sound, retentionDays: { logs: 8 } },
    "retentionDays.logs: found 8, expected one of 1, 3, 5",
  ],
  [
    "a pipeline that is none",
    { ...sound, pipelines: ["markte"] },
    'pipelines: there is no pipeline "markte"; did you mean "market"?',
  ],
])("%s is told with its key and what is allowed", (_, input, message) => {
  expect(() => named(input)).toThrow(ConfigError);
  expect(() => named(input)).toThrow(message);
});

test("several errors are told at once", () => {
  expect(() => named({ account: "1", region: "x" })).toThrow(/account: [\s\S]*region: /);
});

test("an environment that is not there is named, with the nearest", () => {
  expect(() => environmentNamed("deb", { dev: sound }, [])).toThrow(
    'there is no environment "deb"; did you mean "dev"?',
  );
  expect(() => environmentNamed("toString", { dev: sound }, [])).toThrow("there is dev");
  expect(() => environmentNamed("local", { local: sound }, [])).toThrow(/that is not "local"/);
});
