import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { everyKind } from "./access/testing/every-kind.ts";
import { PipelineFault } from "./check-pipelines.ts";
import type { EnvironmentConfig } from "./config.ts";
import { loadEnvironment } from "./load-environment.ts";
import { type StackName, stackNames } from "./stack-names.ts";
import { type StackFolders, synthesise } from "./synthesise.ts";
import { exampleEnvironment } from "./testing/example.ts";
import { exampleCode } from "./testing/example-code.ts";
import { type Made, madeOf } from "./testing/made.ts";
import { stateful } from "./testing/stateful.ts";

const output = mkdtempSync(join(tmpdir(), "penstock-synthesise-"));
afterAll(() => rmSync(output, { recursive: true }));

const synthesised = (environment: EnvironmentConfig, of: readonly Pipeline[] = pipelines): StackFolders =>
  synthesise(environment, { output, pipelines: of, code: exampleCode });

const stack = (folders: StackFolders, name: StackName): Made =>
  madeOf(readFileSync(join(folders[name], "cdk.tf.json"), "utf8"));

describe.each(["dev", "prod"])("the environment %s", (name) => {
  let folders: StackFolders;

  test("is three stacks, each with its state in the environment's bucket, locked and encrypted", async () => {
    folders = synthesised(await loadEnvironment(name, {}));
    for (const stackName of stackNames) {
      const { terraform, provider } = JSON.parse(
        readFileSync(join(folders[stackName], "cdk.tf.json"), "utf8"),
      );
      expect(terraform.backend.s3).toMatchObject({
        bucket: expect.stringMatching(`^penstock-${name}-state-`),
        key: `${stackName}.tfstate`,
        encrypt: true,
        use_lockfile: true,
      });
      expect(provider.aws).toEqual([
        expect.objectContaining({
          default_tags: [{ tags: { project: "penstock", environment: name } }],
          allowed_account_ids: [expect.stringMatching(/^\d{12}$/)],
        }),
      ]);
      expect(provider.aws[0]).not.toHaveProperty("access_key");
    }
  });

  test("has beside each stack the very files that it names", () => {
    const { all } = stack(folders, "pipelines");
    const named = all("aws_s3_object").map(({ source }) => source);
    const there = readdirSync(join(folders.pipelines, "assets"), { recursive: true, withFileTypes: true });
    expect(new Set(named).size).toBe(there.filter((entry) => entry.isFile()).length);
    for (const path of named) expect(existsSync(join(folders.pipelines, String(path)))).toBe(true);
  });

  test("holds no value of a secret", () => {
    for (const stackName of stackNames) {
      const { types, text } = stack(folders, stackName);
      expect(types).not.toContain("aws_secretsmanager_secret_version");
      expect(text).not.toMatch(/secret_string|password|AKIA/i);
    }
  });
});

test("without allowDestroy nothing that is stored can be destroyed", async () => {
  const folders = synthesised(await loadEnvironment("prod", {}));
  const stacks = stackNames.map((name) => stack(folders, name));
  for (const type of stateful) {
    const all = stacks.flatMap((each) => each.all(type));
    expect(all).not.toEqual([]);
    for (const each of all) expect(each).toMatchObject({ lifecycle: { prevent_destroy: true } });
  }
  for (const each of stacks) expect(each.text).not.toMatch(/"force_destroy": true/);
  for (const table of stack(folders, "storage").all("aws_dynamodb_table")) {
    expect(table).toMatchObject({ deletion_protection_enabled: true });
  }
  expect(stack(folders, "storage").one("aws_secretsmanager_secret")).toMatchObject({
    recovery_window_in_days: 30,
  });
});

test("with it everything goes at once, but for Terraform's own state", async () => {
  const folders = synthesised(await loadEnvironment("dev", {}));
  for (const type of stateful) {
    for (const each of stack(folders, "storage").all(type)) {
      expect(each).not.toHaveProperty("lifecycle.prevent_destroy", true);
    }
  }
  for (const bucket of stack(folders, "storage").all("aws_s3_bucket")) {
    expect(bucket).toMatchObject({ force_destroy: true });
  }
  expect(stack(folders, "storage").one("aws_secretsmanager_secret")).toMatchObject({
    recovery_window_in_days: 0,
  });
  expect(stack(folders, "bootstrap").one("aws_s3_bucket")).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
});

test("what queries answered expires when the environment says so", () => {
  const folders = synthesised(exampleEnvironment({ retentionDays: { queryResults: 3 } }));
  const { all } = stack(folders, "storage");
  const results = all("aws_s3_bucket_lifecycle_configuration").filter(({ bucket }) =>
    String(bucket).includes("query-results"),
  );
  expect(results).toEqual([
    expect.objectContaining({
      rule: expect.arrayContaining([
        expect.objectContaining({ status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 3 }] }),
      ]),
    }),
  ]);
});

test("only the pipelines that the environment names are deployed", () => {
  const environment = exampleEnvironment();
  const others = pipelines.map(({ name }) => name);
  const folders = synthesised({ ...environment, pipelines: [everyKind.name] }, [...pipelines, everyKind]);
  for (const name of others) {
    for (const stackName of stackNames) expect(stack(folders, stackName).text).not.toContain(`dev-${name}`);
  }
  expect(stack(folders, "pipelines").one("aws_glue_job")).toMatchObject({ name: "penstock-dev-every-kind" });
});

test("the same folders synthesise to the same bytes", () => {
  const text = () => {
    const folders = synthesised(exampleEnvironment());
    return stackNames.map((name) => readFileSync(join(folders[name], "cdk.tf.json"), "utf8"));
  };
  expect(text()).toEqual(text());
});

describe("a pipeline's name", () => {
  const named = (name: string) => synthesised(exampleEnvironment(), [{ ...everyKind, name }]);

  test.each(["ledger", "lake", "key", "database", "budget", "pipelines"])("may be %s", (name) => {
    expect(stack(named(name), "pipelines").one("aws_sfn_state_machine")).toMatchObject({
      name: `penstock-dev-${name}`,
    });
  });

  test("may not be that of something that all share", () => {
    expect(() => named("alarms")).toThrow(
      'the pipeline alarms: the topic "penstock-dev-alarms" is of all pipelines, too: give one another name',
    );
  });

  test("may not be longer than AWS takes", () => {
    const name = "a-pipeline-with-a-name-that-goes-on-and-on-and-on";
    expect(() => named(name)).toThrow(PipelineFault);
    expect(() => named(name)).toThrow(
      new RegExp(
        `^the pipeline ${name}: the .*"penstock-dev-${name}-.* characters, and AWS takes 64: shorten`,
      ),
    );
  });

  test("reaches to 35 characters in an environment with a name of three", () => {
    // publish-metrics is the longest of what a pipeline's functions are called
    expect(`penstock-dev-${"x".repeat(35)}-publish-metrics`).toHaveLength(63 + 1);
    named("x".repeat(35));
  });
});
