/** The production example as Terraform sees it, as it would be made of an empty account. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { checkovExceptions } from "@penstock/infra/checkov-exceptions.ts";
import { builtCode, type Code } from "@penstock/infra/code.ts";
import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { loadEnvironment } from "@penstock/infra/load-environment.ts";
import { stackNames } from "@penstock/infra/stack-names.ts";
import { synthesise } from "@penstock/infra/synthesise.ts";
import { exampleCode } from "@penstock/infra/testing/example-code.ts";
import { metering } from "@penstock/infra/testing/metering.ts";
import { bucketNames, sharedNames } from "@penstock/lake/names.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { checkov } from "../support/checkov.ts";
import { type EmulatedAws, startEmulatedAws } from "../support/emulated-aws.ts";
import { type Terraform, terraformIn, whyNoTerraform } from "../support/terraform.ts";

jest.setTimeout(300_000);

const why = whyNoTerraform();
if (why !== undefined) console.warn(`what Terraform makes of the environments is not tested: ${why}`);
const whereTerraformIs = why === undefined ? describe : describe.skip;

const output = mkdtempSync(join(tmpdir(), "penstock-production-"));
afterAll(() => rmSync(output, { recursive: true, force: true }));

interface Planned {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> };
}

whereTerraformIs("the production example, planned", () => {
  let aws: EmulatedAws;
  let environment: EnvironmentConfig;
  let resources: readonly Planned[];
  const plans = stackNames.map((name) => join(output, `${name}.json`));

  beforeAll(async () => {
    const written = await loadEnvironment("prod", {});
    aws = await startEmulatedAws({ region: written.region });
    const account = "123456789012";
    // off in the example: an account has to be subscribed first
    const owner = `arn:aws:quicksight:${written.region}:${account}:user/default/ann`;
    environment = { ...written, account, endpoint: aws.endpoint, quickSight: { owner } };
    await whatPlansLookFor(environment, aws);
    const folders = synthesise(environment, {
      output,
      // and one that has all that a pipeline can have, of which nothing needs to be built
      pipelines: [...pipelines, metering],
      code: withExample(builtCode()),
    });
    const planned = await Promise.all(
      stackNames.map(async (name) => await plan(terraformIn(folders[name], aws.environment))),
    );
    for (const [at, text] of planned.entries()) writeFileSync(plans[at] ?? "", text);
    resources = planned.flatMap((text) => JSON.parse(text).resource_changes as readonly Planned[]);
  });
  afterAll(() => aws.close());

  test("is made whole, with the state's bucket alone taken as it is", () => {
    const made = resources.filter(({ mode }) => mode === "managed");
    expect(made.length).toBeGreaterThan(100);
    const other = made.filter(({ change }) => change.actions.join() !== "create");
    expect(other.map(({ address }) => address)).toEqual([expect.stringMatching(/^aws_s3_bucket\.state_/)]);
  });

  test("QuickSight shows each curated table in an analysis and a dashboard", () => {
    const datasets = [...pipelines, metering].flatMap((each) => each.datasets);
    const drawn = resources.filter(({ address }) => address.startsWith("aws_quicksight_"));
    const types = drawn.map(({ address }) => address.split(".")[0]).sort();
    expect(types).toEqual([
      "aws_quicksight_analysis",
      "aws_quicksight_dashboard",
      ...datasets.map(() => "aws_quicksight_data_set"),
      "aws_quicksight_data_source",
    ]);
  });

  test("whatever has tags says whose it is", () => {
    const tags = { project: "penstock", environment: environment.name };
    const tagged = resources.filter(({ change }) => "tags_all" in change.after);
    expect(tagged.length).toBeGreaterThan(50);
    for (const { address, change } of tagged) {
      const pipeline = /\.pipelines_([a-z0-9-]+?)_/.exec(address)?.[1];
      expect([address, change.after["tags_all"]]).toEqual([
        address,
        { ...tags, ...(pipeline === undefined ? {} : { pipeline }) },
      ]);
    }
  });

  test("checkov finds nothing in it but what is excepted, each with a reason", async () => {
    const { failed, passed } = await checkov(plans);
    expect(passed).toBeGreaterThan(300);
    const covers = (at: number, { check, resource }: { check: string; resource: string }) =>
      check === checkovExceptions[at]?.check && resource.startsWith(checkovExceptions[at].resources);
    const uncovered = failed.filter((finding) => !checkovExceptions.some((_, at) => covers(at, finding)));
    expect(uncovered).toEqual([]);
    const needless = checkovExceptions.filter((_, at) => !failed.some((finding) => covers(at, finding)));
    expect(needless).toEqual([]);
    for (const { reason } of checkovExceptions) expect(reason).toMatch(/^[A-Z].{30,}\.$/);
  });
});

/** What is built, and for the example something that isn't. */
const withExample = (code: Code): Code => ({
  ...code,
  bundle: (app, pipeline) => (pipeline === metering.name ? exampleCode : code).bundle(app, pipeline),
  script: (pipeline) => (pipeline === metering.name ? exampleCode : code).script(pipeline),
});

/** What is there when a stack is planned: the state's bucket, and the key that the stack before it has made. */
async function whatPlansLookFor(environment: EnvironmentConfig, { client }: EmulatedAws): Promise<void> {
  await new S3Client(client).send(
    new CreateBucketCommand({
      Bucket: bucketNames(environment).state,
      CreateBucketConfiguration: { LocationConstraint: environment.region as "eu-west-1" },
    }),
  );
  const kms = new KMSClient(client);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const AliasName = sharedNames(environment).keyAlias;
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
}

/** A plan, as JSON. */
async function plan(terraform: Terraform): Promise<string> {
  await terraform.run(["init", "-input=false"]);
  await terraform.run(["plan", "-input=false", "-lock=false", "-out=test.tfplan"]);
  return (await terraform.run(["show", "-json", "test.tfplan"])).stdout;
}
