/** checkov on plans of Terraform, without the network. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";

export interface Finding {
  /** Such as CKV_AWS_18. */
  readonly check: string;
  /** What the check wants. */
  readonly name: string;
  /** The resource's address. */
  readonly resource: string;
}

export interface Findings {
  readonly failed: readonly Finding[];
  /** How many checks something passed. */
  readonly passed: number;
}

/** @param plans files of plans as `terraform show -json` prints them */
export async function checkov(plans: readonly string[]): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-checkov-"));
  try {
    const words = [
      "--framework",
      "terraform_plan",
      "--deep-analysis",
      "--skip-download",
      "--quiet",
      "--compact",
    ];
    const output = ["--output", "json", "--output-file-path", folder, "--soft-fail"];
    await execa(toolchain.checkov, ["--file", ...plans, ...words, ...output], {
      // where nobody answers: all that it knows it has brought along
      env: { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", BC_SKIP_MAPPING: "TRUE" },
    });
    const { results, summary }: Report = JSON.parse(readFileSync(join(folder, "results_json.json"), "utf8"));
    if (summary.parsing_errors > 0)
      throw new Error(`checkov can't read ${summary.parsing_errors} of the plans`);
    return {
      passed: summary.passed,
      failed: results.failed_checks.map((each) => ({
        check: each.check_id,
        name: each.check_name,
        resource: each.resource,
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
}
