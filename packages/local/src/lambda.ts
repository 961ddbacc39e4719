import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import { type FaultPoints, noFaults } from "./fault-points.ts";
import { failurePayload, type Invocation, type LambdaFunction } from "./lambda/function.ts";
import { Sandbox } from "./lambda/sandbox.ts";
import { LogFile } from "./log.ts";

/** How many sandboxes of one function run at once; more invocations wait their turn. */
export const concurrency = 4;

/** The most bytes of an event and of an answer; AWS's limit of answers is these hundred bytes higher. */
const mostBytes = { event: 6_291_456, answer: 6_291_556 };

/** What the Lambda stand-in needs to know. */
export interface LambdaOptions {
  /** The functions at this moment: looked up at each call, so that new bundles are found. */
  readonly functions: () => readonly LambdaFunction[];
  readonly arn: (name: string) => string;
  /** The folder of the functions' logs. */
  readonly logs: string;
  readonly faults?: FaultPoints;
}

interface Pool {
  readonly idle: Sandbox[];
  readonly waiting: (() => void)[];
  busy: number;
  /** The bundle that the idle sandboxes have loaded. */
  bundle: string;
}

/** AWS Lambda: runs bundles in warm Node processes of their own. */
export class Lambda {
  private readonly options: LambdaOptions;
  private readonly sandboxes = new Map<string, Sandbox>();
  private readonly pools = new Map<string, Pool>();
  private readonly runtimeApi: Server;
  private address = "";
  private attended = 0;

  private constructor(options: LambdaOptions) {
    this.options = options;
    this.runtimeApi = createServer((request, response) => {
      const [, id = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? "") ?? [];
      const sandbox = this.sandboxes.get(id);
      if (sandbox) void sandbox.serve(path, request, response);
      else response.writeHead(404).end();
    });
    // A warm sandbox waits for its next invocation for as long as the daemon lives.
    this.runtimeApi.requestTimeout = 0;
    this.runtimeApi.keepAliveTimeout = 0;
  }

  static async start(options: LambdaOptions): Promise<Lambda> {
    const lambda = new Lambda(options);
    await new Promise<void>((resolve) => lambda.runtimeApi.listen(0, "127.0.0.1", resolve));
    lambda.address = `127.0.0.1:${(lambda.runtimeApi.address() as AddressInfo).port}`;
    return lambda;
  }

  functions(): readonly LambdaFunction[] {
    return this.options.functions();
  }

  arn(name: string): string {
    return this.options.arn(name);
  }

  /** The function of that name or ARN. Throws ResourceNotFoundException. */
  find(nameOrArn: string): LambdaFunction {
    const name = nameOrArn.replace(/^arn:aws:lambda:[^:]*:[^:]*:function:/, "").replace(/:\$LATEST$/, "");
    const functions = this.functions();
    const found = functions.find((candidate) => candidate.name === name);
    if (found) return found;
    const known = functions.map((candidate) => candidate.name).join(", ") || "none";
    throw new AwsError(
      "ResourceNotFoundException",
      `Function not found: ${this.arn(name)} (there are: ${known})`,
      404,
    );
  }

  /**
   * Invokes a function with a JSON text and waits for its result. Throws ResourceNotFoundException and
   * RequestTooLargeException.
   *
   * @param unattended nobody waits for it: it does not count as active
   */
  async invoke(nameOrArn: string, event: string, unattended = false): Promise<Invocation> {
    const lambda = this.find(nameOrArn);
    checkSize(event, mostBytes.event);
    if (unattended) return this.perform(lambda, event);
    this.attended += 1;
    try {
      return await this.perform(lambda, event);
    } finally {
      this.attended -= 1;
    }
  }

  /** How many invocations that somebody waits for run or wait now. */
  get active(): number {
    return this.attended;
  }

  private async perform(lambda: LambdaFunction, event: string): Promise<Invocation> {
    const pool = this.poolOf(lambda);
    // whoever comes just then may have taken the place that has become free
    while (pool.busy >= concurrency) await new Promise<void>((resolve) => pool.waiting.push(resolve));
    pool.busy += 1;
    try {
      const bundle = fingerprint(lambda);
      if (bundle !== pool.bundle) retire(pool, bundle);
      const sandbox = pool.idle.pop() ?? this.startSandbox(lambda, pool);
      try {
        return withinSize(await sandbox.invoke(event));
      } finally {
        if (sandbox.alive && bundle === pool.bundle) pool.idle.push(sandbox);
        else sandbox.kill();
      }
    } finally {
      pool.busy -= 1;
      pool.waiting.shift()?.();
    }
  }

  /** Ends every sandbox. */
  close(): void {
    for (const sandbox of this.sandboxes.values()) sandbox.kill();
    this.runtimeApi.close();
    this.runtimeApi.closeAllConnections();
  }

  private poolOf(lambda: LambdaFunction): Pool {
    const pool = this.pools.get(lambda.name) ?? {
      idle: [],
      waiting: [],
      busy: 0,
      bundle: fingerprint(lambda),
    };
    this.pools.set(lambda.name, pool);
    return pool;
  }

  private startSandbox(lambda: LambdaFunction, pool: Pool): Sandbox {
    const id = randomUUID();
    // may fail, and a process begun before would be nobody's
    const log = new LogFile(join(this.options.logs, `${lambda.name}.ndjson`));
    const sandbox = new Sandbox(lambda, this.arn(lambda.name), `${this.address}/${id}`);
    const { faults = noFaults } = this.options;
    const gone = faults.born("function", sandbox.pid);
    sandbox.onLine = (message, stream, requestId) => {
      log.write({
        time: new Date().toISOString(),
        stream,
        ...(requestId ? { request_id: requestId } : {}),
        message,
      });
      faults.said(message);
    };
    sandbox.onExit = () => {
      gone();
      this.sandboxes.delete(id);
      const index = pool.idle.indexOf(sandbox);
      if (index >= 0) pool.idle.splice(index, 1);
    };
    this.sandboxes.set(id, sandbox);
    return sandbox;
  }
}

/** Throws RequestTooLargeException for an event that Lambda does not take. */
export function checkSize(event: string, most: number): void {
  if (Buffer.byteLength(event) <= most) return;
  const message = `Request must be smaller than ${most} bytes for the InvokeFunction operation`;
  throw new AwsError("RequestTooLargeException", message, 413);
}

function withinSize(ended: Invocation): Invocation {
  if (Buffer.byteLength(ended.payload) <= mostBytes.answer) return ended;
  const message = `Response payload size exceeded maximum allowed payload size (${mostBytes.answer} bytes).`;
  return { ...ended, failed: true, payload: failurePayload("Function.ResponseSizeTooLarge", message) };
}

/** Changes when the bundle is built anew or configured otherwise: sandboxes of the old one are not used again. */
function fingerprint(lambda: LambdaFunction): string {
  const [file] = lambda.handler.split(".");
  const bundle = statSync(join(lambda.folder, `${file}.mjs`), { throwIfNoEntry: false });
  return JSON.stringify([lambda, bundle?.mtimeMs, bundle?.size]);
}

function retire(pool: Pool, bundle: string): void {
  for (const sandbox of pool.idle.splice(0)) sandbox.kill();
  pool.bundle = bundle;
}
