import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
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
    quickSight: null,
    api: { access: "public", cors: null, throttle: { rate: 50, burst: 100 } },
  });
});

test("an API is open to whom it is said to be", () => {
  const jwt = { issuer: "https://login.example.com/", audience: ["meters"] };
  const api = {
    access: { jwt },
    cors: { origins: ["https://charts.example.com", "*"] },
    throttle: { rate: 5 },
  };
  expect(named({ ...sound, api }).api).toEqual({ ...api, throttle: { rate: 5, burst: 100 } });
  expect(named({ ...sound, api: { access: "iam" } }).api.access).toBe("iam");
});

test("QuickSight is given to whom it is said to be", () => {
  const owner = "arn:aws:quicksight:eu-west-1:111111111111:user/default/ann";
  expect(named({ ...sound, quickSight: { owner } }).quickSight).toEqual({ owner });
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
    "an access that is none",
    { ...sound, api: { access: "private" } },
    'api.access: found "private", expected "public", "iam" or { jwt: { issuer, audience } }',
  ],
  [
    "an issuer without TLS",
    { ...sound, api: { access: { jwt: { issuer: "http://x.org", audience: ["a"] } } } },
    'api.access.jwt.issuer: found "http://x.org", expected a URL with https://',
  ],
  [
    "an access by a token of nobody",
    { ...sound, api: { access: { jwt: { issuer: "https://x.org" } } } },
    "api.access.jwt.audience: it is missing, expected a list",
  ],
  [
    "an unknown key of an access",
    { ...sound, api: { access: { jwt: { issuer: "https://x.org", audience: ["a"], audiences: [] } } } },
    'api.access.jwt.audiences: there is no such key; did you mean "audience"?',
  ],
  [
    "an origin with a path",
    { ...sound, api: { cors: { origins: ["https://x.org/charts"] } } },
    'api.cors.origins.0: found "https://x.org/charts", expected an origin such as https://example.com, or *',
  ],
  [
    "an unknown key of CORS",
    { ...sound, api: { cors: { origin: "*", origins: ["*"] } } },
    'api.cors.origin: there is no such key; did you mean "origins"?',
  ],
  [
    "a throttle that lets nothing through",
    { ...sound, api: { throttle: { rate: 0 } } },
    "api.throttle.rate: found 0, expected at least 1",
  ],
  [
    "an owner in QuickSight who is IAM's",
    { ...sound, quickSight: { owner: "arn:aws:iam::111111111111:user/ann" } },
    'quickSight.owner: found "arn:aws:iam::111111111111:user/ann", expected the ARN of a QuickSight user or group',
  ],
  [
    "pipelines that are no list",
    { ...sound, pipelines: "some" },
    'pipelines: found "some", expected "all", or a list of names',
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

test("a job's own limit ends it before the state machine stops waiting for it", () => {
  const longest = 540;
  const limited = (timeoutMinutes: number) => named({ ...sound, job: { timeoutMinutes } });
  expect(limited(longest).job.timeoutMinutes).toBe(longest);
  expect(() => limited(longest + 1)).toThrow(ConfigError);
  for (const { workflow } of pipelines) {
    for (const state of Object.values(workflow.states)) {
      if (state.kind === "glueJob") expect(state.timeoutSeconds).toBeGreaterThan(longest * 60);
    }
  }
});
