/** A real Chromium, wherever the tests run: what is installed, or else what an npm package brings. */

import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/**
 * Opens a browser; the caller closes it. Looked for in this order: where CHROME_PATH says, where Playwright
 * installs its own, and in the npm package @sparticuz/chromium, which needs nothing of the machine.
 */
export async function openBrowser(): Promise<Browser> {
  const common: LaunchOptions = {
    // root has no sandbox
    chromiumSandbox: userInfo().uid !== 0,
    // a container has little shared memory
    args: ["--disable-dev-shm-usage"],
  };
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined) return await chromium.launch({ ...common, executablePath: CHROME_PATH });
  if (existsSync(chromium.executablePath())) return await chromium.launch(common);
  const folder = await unpackedChromium();
  return await chromium.launch({
    ...common,
    // the package brings the browser without its sandbox, and for machines without a second process to fork from
    chromiumSandbox: false,
    args: ["--disable-dev-shm-usage", "--no-zygote"],
    executablePath: join(folder, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
      FONTCONFIG_PATH: join(folder, "fonts"),
    },
  });
}

/** The package's files, unpacked once for each of its versions; whoever comes second finds them whole. */
async function unpackedChromium(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.resolve("@sparticuz/chromium")), "utf8"),
  );
  const folder = join(tmpdir(), `penstock-chromium-${version}-${userInfo().uid}`);
  if (existsSync(folder)) return folder;
  const unpacking = mkdtempSync(`${folder}-`);
  // in a process of its own: the package reads these two when it is imported
  await execa(process.execPath, ["--input-type=module", "--eval", unpack], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { TMPDIR: unpacking, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  // the package's own looks in /tmp
  writeFileSync(join(unpacking, "fonts/fonts.conf"), fontsOf(folder));
  try {
    renameSync(unpacking, folder);
  } catch (error) {
    rmSync(unpacking, { recursive: true });
    // another was faster
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

const fontsOf = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;

const unpack =
  'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';
