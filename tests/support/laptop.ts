/** A home and its daemon, spoken to as an AWS client does: what a test that kills needs, and the command line hides. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient, paginateScan, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { local, pipelineNames, sharedNames, stateMachineArn } from "@penstock/lake/names.ts";
import { activity, type ConnectOptions, connect, type Daemon, stop } from "@penstock/local/client.ts";
import type { Fault, Reached, Refusing } from "@penstock/local/fault-points.ts";
import { type Home, homeAt, makeHome } from "@penstock/local/home.ts";
import { writeRecord } from "@penstock/local/records.ts";

/** How an execution ended, or that the daemon died and took it along. */
export type Ended = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "daemon died";

/** The folder in a home that `$PENSTOCK_FAULTS` has to name. */
export const faultsFolder = "faults";

// no data comes by itself: a notice of it would be among those that are looked at
process.env.PENSTOCK_SCHEDULES ??= "off";

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** A home in the temporary folder, empty; its daemon starts when it is first needed. */
export class Laptop {
  readonly home: Home;
  private readonly kept: string;
  private readonly options: ConnectOptions;

  constructor() {
    this.home = homeAt(mkdtempSync(join(tmpdir(), "penstock-kill-")));
    this.kept = `${this.home.root}-kept`;
    this.options = { home: this.home.root };
    makeHome(this.home);
  }

  /** The daemon; starts one when there is none. */
  daemon(): Promise<Daemon> {
    return connect(this.options);
  }

  /** Runs the state machine of a pipeline to its end, whatever that is. */
  async execute(pipeline: string, input: object): Promise<Ended> {
    const { url } = await this.daemon();
    const client = new SFNClient({ endpoint: url, region: local.region, credentials, maxAttempts: 1 });
    try {
      const { executionArn } = await client.send(
        new StartExecutionCommand({
          stateMachineArn: stateMachineArn(local, pipelineNames(local, pipeline).stateMachine),
          input: JSON.stringify(input),
        }),
      );
      for (;;) {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        if (status !== "RUNNING") return status as Ended;
        await sleep(50);
      }
    } catch (error) {
      if (isGone(error)) return "daemon died";
      throw error;
    } finally {
      client.destroy();
    }
  }

  /** Waits until no execution and no function's event is under way, such as those that objects start. */
  async quiet(): Promise<void> {
    for (let calm = 0; calm < 4; await sleep(500)) {
      const { executions, events, unattended_events } = await activity(await this.daemon());
      const isCalm = Array.isArray(executions) && executions.length === 0 && !events && !unattended_events;
      calm = isCalm ? calm + 1 : 0;
    }
  }

  /** Makes as if the run had not been tried before: a test tries more often than a run may. */
  async forgive(pipeline: string, run_id: string): Promise<void> {
    const { url } = await this.daemon();
    const client = new DynamoDBClient({ endpoint: url, region: local.region, credentials });
    await client.send(
      new UpdateItemCommand({
        TableName: sharedNames(local).ledger,
        Key: marshall({ pipeline, item: `run#${run_id}` }),
        UpdateExpression: "SET attempt = :one, failures = :none",
        ExpressionAttributeValues: marshall({ ":one": 1, ":none": 0 }),
      }),
    );
    client.destroy();
  }

  /** Every item of a DynamoDB table. */
  async scan(TableName: string): Promise<Record<string, unknown>[]> {
    const { url } = await this.daemon();
    const client = new DynamoDBClient({ endpoint: url, region: local.region, credentials });
    const items: Record<string, unknown>[] = [];
    for await (const page of paginateScan({ client }, { TableName })) {
      items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    }
    client.destroy();
    return items;
  }

  /** Keeps a copy of the home as it is now; the daemon, which may have nothing to do, goes on. */
  keep(): void {
    rmSync(this.kept, { recursive: true, force: true });
    cpSync(this.home.root, this.kept, { recursive: true, preserveTimestamps: true });
  }

  /** Makes the home what it was when it was kept: tables name their files by absolute paths, so in its own place. */
  async restore(): Promise<void> {
    await stop(this.home);
    rmSync(this.home.root, { recursive: true, force: true });
    cpSync(this.kept, this.home.root, { recursive: true, preserveTimestamps: true });
  }

  /** Asks for these kills, each at the point it names, one after the other. */
  plan(faults: readonly Fault[]): void {
    writeRecord(join(this.home.root, faultsFolder, "next.json"), { faults });
  }

  /** Makes a service refuse so many requests from now on: DynamoDB as if asked too much, SNS as if down. */
  refuse(service: Refusing, times: number): void {
    writeRecord(join(this.home.root, faultsFolder, "refusals.json"), { [service]: times });
  }

  /** The kills that are still to come. */
  planned(): readonly Fault[] {
    const path = join(this.home.root, faultsFolder, "next.json");
    if (!existsSync(path)) return [];
    return (JSON.parse(readFileSync(path, "utf8")) as { faults: Fault[] }).faults;
  }

  /** The points that were reached so far, in their order. */
  reached(): readonly Reached[] {
    const path = join(this.home.root, faultsFolder, "reached.ndjson");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Reached);
  }

  /** Stops the daemon and deletes the home. */
  async end(): Promise<void> {
    await stop(this.home);
    for (const folder of [this.home.root, this.kept]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The connection broke, or nobody listens any more. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /ECONNREFUSED|ECONNRESET|EPIPE/.test(`${code} ${error.message}`) || /socket hang up/.test(error.message)
  );
}
