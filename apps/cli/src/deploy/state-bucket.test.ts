import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { removal } from "./state-bucket.ts";

const folder = mkdtempSync(join(tmpdir(), "penstock-removal-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An AWS CLI that has two pages of versions, and tells what it was asked. */
const stub = `#!/bin/sh
echo "$2 $4" >> ${folder}/asked
case "$2 $(grep -c list-object-versions ${folder}/asked)" in
  "list-object-versions 3") echo '{ "Objects": [] }' ;;
  "list-object-versions "*) echo '{ "Objects": [{ "Key": "a", "VersionId": "1" }] }' ;;
esac
`;

test("what removes the bucket deletes page by page until nothing is in it, and then the bucket", async () => {
  writeFileSync(join(folder, "aws"), stub);
  chmodSync(join(folder, "aws"), 0o755);
  const commands = removal("penstock-dev-state").join("\n");
  await execa("bash", ["-c", commands], { env: { PATH: `${folder}:${process.env["PATH"]}` } });
  const page = ["list-object-versions penstock-dev-state", "delete-objects penstock-dev-state"];
  expect(readFileSync(join(folder, "asked"), "utf8").trim().split("\n")).toEqual([
    ...page,
    ...page,
    "list-object-versions penstock-dev-state",
    "delete-bucket penstock-dev-state",
  ]);
  // more than a page is more than one call takes
  expect(commands).toContain("--no-paginate");
});
