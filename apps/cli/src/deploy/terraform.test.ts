import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Failure } from "../failure.ts";
import { apply } from "./terraform.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-terraform-"));
const { PATH = "" } = process.env;
beforeAll(() => {
  process.env.PATH = `${root}${delimiter}${PATH}`;
});
afterAll(() => {
  process.env.PATH = PATH;
  rmSync(root, { recursive: true });
});

/** Stands in for Terraform from now on, in a stack's folder. */
function terraform(script: string): string {
  writeFileSync(join(root, "terraform"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, "terraform"), 0o755);
  const folder = join(root, "dev-storage");
  mkdirSync(folder, { recursive: true });
  return folder;
}

test("what Terraform says beside its JSON, as it does when it crashes, is told", async () => {
  const folder = terraform("echo 'Error: the plugin did not respond' >&2; exit 1");
  await expect(apply(folder)).rejects.toThrow(
    new Failure(
      "terraform apply of dev-storage failed:\n\nError: the plugin did not respond\n\n" +
        "Run the same command again when that is mended: it goes on where it was.",
    ),
  );
});

test("it may say a lot there, and goes on", async () => {
  const folder = terraform(
    `head -c 300000 /dev/zero | tr '\\0' x >&2; echo '{"type":"change_summary","changes":{"add":2,"change":0,"remove":0}}'`,
  );
  expect(await apply(folder)).toEqual({ add: 2, change: 0, remove: 0 });
});

test("one that says nothing was stopped", async () => {
  const folder = terraform("kill -9 $$");
  await expect(apply(folder)).rejects.toThrow(
    "terraform apply of dev-storage was stopped; run the same command again, it goes on.",
  );
});
