import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { javaHome } from "@penstock/toolchain/setup/java.ts";
import { classDataArchive } from "./class-data.ts";

test("the archive is made anew with another Spark, other jars or another Java", () => {
  const madeFrom = classDataArchive.madeFrom();
  for (const lock of ["python/requirements.txt", "jars.ivy.xml"])
    expect(madeFrom).toContain(readFileSync(join(toolchain.repository, "packages/toolchain", lock), "utf8"));
  expect(madeFrom).toContain(javaHome());
});
