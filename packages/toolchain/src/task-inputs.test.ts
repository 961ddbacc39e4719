/** What a task depends on is what people write. What running makes would have it run again although nothing changed. */

import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";
import { toolchain } from "./paths.ts";

const from = { cwd: toolchain.repository, preferLocal: true, localDir: toolchain.repository };
const tasks = ["generate:check", "build", "types", "lint", "imports", "actions", "test"];

interface Task {
  readonly taskId: string;
  readonly directory: string;
  readonly inputs: Readonly<Record<string, string>>;
}

test("no task depends on a file that git is told to ignore", async () => {
  const { stdout } = await execa("turbo", ["run", ...tasks, "--dry=json"], from);
  const planned: readonly Task[] = JSON.parse(stdout.slice(stdout.indexOf("{"))).tasks;
  expect(planned.map(({ taskId }) => taskId)).toContain("//#lint");
  const inputs = planned.flatMap(({ directory, inputs: of }) =>
    Object.keys(of).map((path) => join(directory, path)),
  );
  expect(inputs.length).toBeGreaterThan(1000);
  // 1: none of them
  const ignored = await execa("git", ["check-ignore", "-z", "--stdin"], {
    ...from,
    input: [...new Set(inputs)].join("\0"),
    reject: false,
  });
  expect({ exitCode: ignored.exitCode, ignored: ignored.stdout.split("\0").filter(Boolean) }).toEqual({
    exitCode: 1,
    ignored: [],
  });
});
