import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { javaHome } from "./java.ts";
import { trustedBySystem, trustStore, trustStorePassword } from "./trust-store.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-trust-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What Java's own tool finds in it. */
async function listed(store: Buffer, password = trustStorePassword): Promise<string> {
  const path = join(folder, "trust.jks");
  writeFileSync(path, store);
  const keytool = join(javaHome(), "bin", "keytool");
  const list = await execa(keytool, ["-list", "-keystore", path, "-storepass", password], { reject: false });
  return list.stdout;
}

test("Java reads every authority that the system trusts", async () => {
  const authorities = trustedBySystem();
  const found = await listed(trustStore(authorities));
  expect(authorities.length).toBeGreaterThan(0);
  expect(found.match(/trustedCertEntry/g)).toHaveLength(authorities.length);
}, 60_000);

test("a store that somebody has changed is refused", async () => {
  const store = trustStore(rootCertificates.slice(0, 2));
  expect(await listed(store)).toContain("contains 2 entries");
  store.writeUInt8(store.readUInt8(100) ^ 1, 100);
  expect(await listed(store)).toContain("error");
}, 60_000);
