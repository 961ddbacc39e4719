import { expect, test } from "@jest/globals";
import { toldFailure } from "./told-failure.ts";

const severity = "error";

test("an error is told in full, with the resource, and that the same command goes on", () => {
  const detail = "AccessDenied: no identity-based policy allows it";
  expect(
    toldFailure("/stacks/dev-storage", "apply", [
      { severity, summary: "creating S3 Bucket", detail, address: "aws_s3_bucket.lake" },
    ]),
  ).toBe(
    `terraform apply of dev-storage failed:\n\naws_s3_bucket.lake: creating S3 Bucket\n${detail}\n\n` +
      "Run the same command again when that is mended: it goes on where it was.",
  );
});

test("of a held lock, the command that releases it", () => {
  const id = "0b5bc18e-5f39-4d1a-8d8b-0a3c1f0f2a53";
  const detail = `Lock Info:\n  ID:        ${id}\n  Path:      dev-state/storage.tfstate`;
  const told = toldFailure("/stacks/dev-storage", "apply", [
    { severity, summary: "Error acquiring the state lock", detail },
  ]);
  expect(told).toContain(`terraform -chdir=/stacks/dev-storage force-unlock ${id}`);
});

test("of what is there already, the command that takes it over", () => {
  const told = toldFailure("/stacks/dev-storage", "apply", [
    {
      severity,
      summary:
        "creating Glue Catalog Database (penstock_dev): AlreadyExistsException: Database already exists.",
      address: "aws_glue_catalog_database.database",
    },
  ]);
  expect(told).toContain("terraform -chdir=/stacks/dev-storage import aws_glue_catalog_database.database ID");
  expect(told).toContain("docs/resources/glue_catalog_database#import");
});
