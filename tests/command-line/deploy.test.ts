/** What deploy, destroy, drift and cost refuse before anything is asked of AWS. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openPenstock, type Penstock } from "../support/penstock.ts";

const sound = { account: "111111111111", region: "eu-west-1" };
const environments = {
  open: { ...sound, allowDestroy: true },
  kept: sound,
  wrong: { account: "1", region: "eu-west", emails: ["nobody"], alowDestroy: true },
};

let penstock: Penstock;
beforeAll(() => {
  const before = openPenstock();
  const file = join(before.files, "environments.mjs");
  writeFileSync(file, `export default ${JSON.stringify(environments)};\n`);
  penstock = openPenstock({
    PENSTOCK_ENVIRONMENTS: file,
    // an answer from AWS would be a fault of the test: nobody listens there
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
afterAll(() => penstock.end());

test.each(["deploy", "drift", "cost", "destroy"])(
  "%s: each wrong key is named, with what is allowed",
  async (command) => {
    const { exitCode, stderr } = await penstock.run(command, "--env", "wrong");
    expect(exitCode).toBe(2);
    expect(stderr).toContain('account: found "1", expected an AWS account: twelve digits in quotes');
    expect(stderr).toContain('region: found "eu-west", expected one of');
    expect(stderr).toContain('emails.0: found "nobody", expected an e-mail address');
    expect(stderr).toContain('alowDestroy: there is no such key; did you mean "allowDestroy"?');
  },
);

test.each(["deploy", "drift", "cost", "destroy"])("%s without --env is wrong usage", async (command) => {
  const { exitCode, stderr } = await penstock.run(command);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--env <name>");
});

describe("destroy", () => {
  test("of an environment that is protected: the key is named", async () => {
    const { exitCode, stderr } = await penstock.run("destroy", "--env", "kept", "--confirm", "kept");
    expect(exitCode).toBe(2);
    expect(stderr).toContain('environment "kept" is protected');
    expect(stderr).toContain("allowDestroy: true in infra/environments.ts");
  });

  test("without the name typed, or with another", async () => {
    const without = await penstock.run("destroy", "--env", "open");
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining("--confirm open")]);
    const another = await penstock.run("destroy", "--env", "open", "--confirm", "opne");
    expect([another.exitCode, another.stderr]).toEqual([
      2,
      expect.stringContaining('--confirm: found "opne", expected the environment\'s name, "open"'),
    ]);
  });
});

test("an AWS that can't be reached is said so", async () => {
  const { exitCode, stderr } = await penstock.run("deploy", "--env", "open");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("http://127.0.0.1:9 can't be reached (ECONNREFUSED)");
});
