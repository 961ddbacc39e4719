import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from "node:http";
import { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import dynalite from "dynalite";
import { AwsError, unknownOperation } from "./aws-error.ts";
import { type FaultPoints, noFaults } from "./fault-points.ts";
import { isObject, type JsonObject, parseObject } from "./json.ts";
import { type Answer, refuseJson } from "./wire/json-protocol.ts";

/** What dynalite knows. */
const operations: readonly string[] = [
  "BatchGetItem",
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "DescribeTable",
  "DescribeTimeToLive",
  "GetItem",
  "ListTables",
  "ListTagsOfResource",
  "PutItem",
  "Query",
  "Scan",
  "TagResource",
  "UntagResource",
  "UpdateItem",
  "UpdateTable",
];

/** What counts against a table's throughput. */
const metered = /^(Batch(Get|Write)Item|(Get|Put|Update|Delete)Item|Query|Scan)$/;

/** What changes items. */
const writes: readonly string[] = ["BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"];

const throttled = new AwsError(
  "ProvisionedThroughputExceededException",
  "The level of configured provisioned throughput for the table was exceeded.",
);

/** A table's shape, as CreateTable takes it. */
export interface TableShape {
  readonly TableName: string;
  readonly [field: string]: unknown;
}

/** Amazon DynamoDB: dynalite in this process, its store on disk. */
export class DynamoDb {
  private readonly server: Server;
  private readonly faults: FaultPoints;

  private constructor(path: string, faults: FaultPoints) {
    this.faults = faults;
    this.server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  }

  /** Opens the store, which may have no other owner, and makes the tables that are missing. */
  static async open(path: string, tables: readonly TableShape[], faults = noFaults): Promise<DynamoDb> {
    const dynamoDb = new DynamoDb(path, faults);
    const { TableNames: names } = await dynamoDb.call("ListTables", {});
    for (const table of tables) {
      const isThere = Array.isArray(names) && names.includes(table.TableName);
      if (!isThere) await dynamoDb.call("CreateTable", table);
      await dynamoDb.active(table.TableName);
    }
    return dynamoDb;
  }

  /** Waits for a new table: even with `createTableMs: 0` it refuses requests for a moment. */
  private async active(TableName: string): Promise<void> {
    for (let tries = 0; tries < 2000; tries += 1) {
      const { Table: table } = await this.call("DescribeTable", { TableName });
      if (isObject(table) && table.TableStatus === "ACTIVE") return;
      await sleep(1);
    }
    // its daemon was killed in that moment: there was nothing in any table yet
    throw new Error(`the table ${TableName} was never finished; begin anew with: pnpm penstock reset`);
  }

  /** Answers a request of DynamoDB's own protocol. */
  async answer(operation: string, headers: OutgoingHttpHeaders, body: Buffer): Promise<Answer> {
    if (!operations.includes(operation))
      return refuseJson(unknownOperation("DynamoDB", operation, operations));
    if (metered.test(operation) && this.faults.refuses("dynamodb")) return refuseJson(throttled);
    const answer = await this.forward(headers, body);
    if (writes.includes(operation)) this.faults.counted(operation);
    return answer;
  }

  /** Closes the store. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => this.server.close(() => resolve()));
    });
  }

  private forward(headers: OutgoingHttpHeaders, body: Buffer): Promise<Answer> {
    // A request of our own making, because dynalite throws when a client goes away in the middle of its own.
    const request = Object.assign(Readable.from([body]), { method: "POST", url: "/", headers });
    return new Promise((resolve, reject) => {
      request.once("error", reject);
      const response = new Recorded(resolve);
      this.server.emit(
        "request",
        request as unknown as IncomingMessage,
        response as unknown as ServerResponse,
      );
    });
  }

  private async call(operation: string, input: object): Promise<JsonObject> {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "x-amz-date": "20260101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local",
    };
    const { status, body } = await this.forward(headers, Buffer.from(JSON.stringify(input)));
    const result = parseObject(String(body));
    if (status === 200 && isObject(result)) return result;
    throw new Error(`DynamoDB refused ${operation}: ${String(body)}`);
  }
}

/** A response that is kept rather than sent. */
class Recorded extends Writable {
  statusCode = 200;
  private readonly headers: Record<string, string> = {};
  private readonly chunks: Buffer[] = [];

  constructor(done: (answer: Answer) => void) {
    super();
    this.on("finish", () =>
      done({ status: this.statusCode, headers: this.headers, body: Buffer.concat(this.chunks) }),
    );
  }

  setHeader(name: string, value: string | number): void {
    this.headers[name] = String(value);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}
