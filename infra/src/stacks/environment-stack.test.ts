import { expect, test } from "@jest/globals";
import { App, Testing } from "cdktf";
import { exampleEnvironment } from "../testing/example.ts";
import { EnvironmentStack, stackId } from "./environment-stack.ts";

function synthesised(endpoint: string | null) {
  const stack = new EnvironmentStack(
    Testing.stubVersion(new App()),
    "storage",
    exampleEnvironment({ endpoint }),
  );
  const { terraform, provider } = JSON.parse(Testing.synth(stack));
  return { terraform, backend: terraform.backend.s3, provider: provider.aws[0] };
}

test("its state is encrypted, beside the others', and locked by S3 itself", () => {
  const { terraform, backend } = synthesised(null);
  expect(backend).toEqual({
    bucket: "penstock-dev-state-111111111111-eu-west-1",
    key: "storage.tfstate",
    region: "eu-west-1",
    encrypt: true,
    use_lockfile: true,
  });
  expect(terraform.required_version).toBe(">= 1.10");
});

test("it works in its account alone, whoever asks, and tags what it makes", () => {
  expect(synthesised(null).provider).toEqual({
    region: "eu-west-1",
    allowed_account_ids: ["111111111111"],
    default_tags: [{ tags: { project: "penstock", environment: "dev" } }],
  });
});

test("where AWS is played, the state is there, and a fault is told at once", () => {
  const url = "http://127.0.0.1:5000";
  const { backend, provider } = synthesised(url);
  expect(backend).toMatchObject({ endpoints: { s3: url }, use_path_style: true });
  expect(provider).toMatchObject({ max_retries: 2, s3_use_path_style: true });
});

test("a stack is called after its environment", () => {
  expect(stackId("dev", "storage")).toBe("dev-storage");
});
