import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fileRun } from "@penstock/workflows/file-run.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";
import { checkProfiles, profilesFile } from "./profiles.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "penstock-profiles-"));
  mkdirSync(join(root, "one/sources/own"), { recursive: true });
  writeFileSync(join(root, "one/sources/own/header.txt"), "id\n");
  writeFileSync(join(root, "one/sources/own/things.sql"), "SELECT id FROM raw\n");
  writeFileSync(join(root, "one/sources/own/profile.json"), '{ "format": "json" }');
});
afterEach(() => rmSync(root, { recursive: true }));

const loaded = (validate: boolean): LoadedPipeline => ({
  name: "one",
  path: "one",
  exportNames: {},
  pipeline: {
    name: "one",
    description: "One.",
    datasets: [],
    trigger: { prefix: "raw/one/", sweep: "daily", maintenance: "weekly" },
    workflow: fileRun({ datasets: [], prefix: "raw/one/", lookups: [], validate }),
    lookups: [],
    queries: { metrics: {}, checks: {}, named: {} },
    volume: { deliveriesPerDay: 1, filesPerDelivery: 1, rowsPerFile: 1, bytesPerFile: 1, served: {} },
  },
});

describe("profiles of JSON", () => {
  it("say that they are", () => {
    expect(profilesFile(root, loaded(false))[0]?.text).toContain('    format: "json",\n');
  });

  it("are refused where the workflow validates files, which knows CSV only", () => {
    expect(() => checkProfiles(root, loaded(false))).not.toThrow();
    expect(() => checkProfiles(root, loaded(true))).toThrow(
      "one/sources/own: it is JSON, and the workflow validates files; validating takes CSV only",
    );
  });
});
