import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { bytes } from "./testing/example.ts";
import { zip } from "./zip.ts";

const files = { "index.mjs": bytes("export const handler = 1;\n".repeat(500)), "a/b.py": bytes("b") };
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

test("it holds its files", () => {
  expect(unzipSync(zip(files))).toEqual(files);
});

test("the order in which files are given does not count", () => {
  const turned = Object.fromEntries(Object.entries(files).reverse());
  expect(sha256(zip(turned))).toBe(sha256(zip(files)));
});

// moments of which the day, the year or the summer time is another
test.each(["UTC", "Pacific/Kiritimati", "Pacific/Honolulu", "Africa/Monrovia", "Europe/London"])(
  "it is the same bytes in %s",
  (zone) => {
    const program = `
      import { createHash } from "node:crypto";
      import { zip } from ${JSON.stringify(new URL("./zip.ts", import.meta.url).href)};
      const text = (of) => new TextEncoder().encode(of);
      const files = { "a/b.py": text("b"), "index.mjs": text("export const handler = 1;\\n".repeat(500)) };
      console.log(createHash("sha256").update(zip(files)).digest("hex"));`;
    const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      env: { ...process.env, TZ: zone, NODE_OPTIONS: "" },
      encoding: "utf8",
    });
    expect(said.trim()).toBe(sha256(zip(files)));
  },
);
