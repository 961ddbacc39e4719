import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { servedApi } from "../support/served-api.ts";

test("schemathesis finds nothing that the API does otherwise than its document says", async () => {
  const api = await servedApi(400);
  try {
    const { exitCode, stdout } = await execa(
      join(dirname(toolchain.python), "schemathesis"),
      ["run", `${api.url}/openapi.json`, "--checks=all", "--max-examples=100", "--seed=1"],
      // where its settings and hooks are
      { cwd: import.meta.dirname, reject: false, env: { NO_COLOR: "1" } },
    );
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("No issues found"),
    });
    const [, cases = "0"] = /(\d+) generated/.exec(stdout) ?? [];
    expect(Number(cases)).toBeGreaterThan(300);
  } finally {
    await api.close();
  }
}, 300_000);
