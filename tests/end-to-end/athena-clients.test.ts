import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { execa } from "execa";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

const query =
  "SELECT site_id, count(*) AS sessions, sum(energy_kwh) AS kwh, max(ended_at) AS newest " +
  "FROM charging_sessions GROUP BY 1 ORDER BY 1";

describe("other people's clients, pointed at the daemon", () => {
  let penstock: Penstock;
  let env: Record<string, string>;
  beforeAll(async () => {
    penstock = openPenstock();
    const input = join(penstock.files, "sessions.csv");
    await penstock.run("sample", "charging-sessions", "--rows", "500", "--seed", "9", "--out", input);
    await penstock.run("run", "charging-sessions", "--input", input);
    const { json } = await penstock.run("status", "--json");
    env = {
      AWS_ENDPOINT_URL: json.daemon,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    };
  });
  afterAll(() => penstock.end());

  /** The rows as `penstock sql` prints them, the header first. */
  async function expected(): Promise<string[][]> {
    const { stdout } = await penstock.run("sql", query, "--format", "csv");
    return stdout
      .trim()
      .split("\n")
      .map((line) => line.split(","));
  }

  test("boto3 and PyAthena get the rows of penstock sql", async () => {
    const script = join(import.meta.dirname, "athena_clients.py");
    const results = `file://${penstock.home}/lake/athena-results/`;
    const { stdout } = await execa(toolchain.python, [script, query, results], { env });
    const rows = JSON.parse(stdout);
    const wanted = await expected();
    expect(wanted.length).toBeGreaterThan(2);
    expect(rows.boto3).toEqual(wanted);
    // PyAthena makes Python values of them: compare what has one spelling
    const spelled = (all: string[][]) => all.map((row) => row.slice(0, 3));
    expect(spelled(rows.pyathena)).toEqual(spelled(wanted));
  });

  test("the AWS CLI gets them too", async () => {
    const aws = async (...words: string[]) => {
      const { stdout } = await execa(toolchain.python.replace(/python$/, "aws"), ["athena", ...words], {
        env,
      });
      return JSON.parse(stdout);
    };
    const { QueryExecutionId: id } = await aws(
      "start-query-execution",
      "--query-string",
      query,
      "--query-execution-context",
      "Database=penstock",
    );
    let state = "QUEUED";
    while (state === "QUEUED" || state === "RUNNING") {
      await sleep(100);
      state = (await aws("get-query-execution", "--query-execution-id", id)).QueryExecution.Status.State;
    }
    expect(state).toBe("SUCCEEDED");
    const { ResultSet } = await aws("get-query-results", "--query-execution-id", id);
    const rows = ResultSet.Rows.map((row: { Data: { VarCharValue?: string }[] }) =>
      row.Data.map((cell) => cell.VarCharValue),
    );
    expect(rows).toEqual(await expected());
  });
});
