import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Asset } from "./asset.ts";
import { bytes } from "./testing/example.ts";
import { made } from "./testing/made.ts";

test("it is written below its stack's assets, where the stack looks for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "penstock-asset-"));
  try {
    made((scope) => {
      const asset = new Asset(scope, "asset", { path: "a/b.txt", content: bytes("hello") });
      asset.write(folder);
      expect(asset.path).toBe("assets/a/b.txt");
      // printf hello | openssl dgst -sha256 -binary | base64
      expect(asset.sha256).toBe("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    });
    expect(readFileSync(join(folder, "assets/a/b.txt"), "utf8")).toBe("hello");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
