import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eachLine } from "../log.ts";
import { failurePayload, type Invocation, type LambdaFunction } from "./function.ts";

const bootstrap = fileURLToPath(new URL("./bootstrap.ts", import.meta.url));

/** What is being done in the sandbox at the moment. */
interface Running {
  readonly requestId: string;
  readonly event: string;
  readonly deadline: number;
  readonly log: string[];
  delivered: boolean;
  readonly end: (payload: string, failed: boolean) => void;
}

/**
 * One Lambda execution environment: a Node process that is kept warm between invocations and does one at a
 * time. It speaks Lambda's Runtime API, at `api` (host, port and a path of this sandbox's own).
 */
export class Sandbox {
  /** Called with every line that the function prints. */
  onLine: (line: string, stream: "stdout" | "stderr", requestId: string | undefined) => void = () =>
    undefined;
  /** Called once when the process has ended, whoever ended it. */
  onExit: () => void = () => undefined;
  private readonly lambda: LambdaFunction;
  private readonly arn: string;
  private readonly child: ChildProcess;
  private readonly drained: Promise<unknown>;
  private running: Running | undefined;
  private waiting: ServerResponse | undefined;
  private killed: string | undefined;
  private initError: string | undefined;
  private peakKb = 0;

  constructor(lambda: LambdaFunction, arn: string, api: string) {
    this.lambda = lambda;
    this.arn = arn;
    const heapMb = Math.floor(lambda.memoryMb * 0.9);
    const flags = [
      `--max-old-space-size=${heapMb}`,
      "--disable-warning=ExperimentalWarning",
      "--enable-source-maps",
    ];
    this.child = spawn(process.execPath, [...flags, bootstrap], {
      cwd: lambda.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TZ: ":UTC",
        LANG: "en_US.UTF-8",
        ...lambda.environment,
        _HANDLER: lambda.handler,
        LAMBDA_TASK_ROOT: lambda.folder,
        AWS_LAMBDA_RUNTIME_API: api,
        AWS_LAMBDA_FUNCTION_NAME: lambda.name,
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${lambda.name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: "local",
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      },
    });
    this.drained = Promise.allSettled([this.read("stdout"), this.read("stderr")]);
    this.child.once("exit", (code, signal) => void this.exited(code, signal));
    this.child.once("error", (error) => this.unborn(error));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null && this.killed === undefined;
  }

  /** Runs one invocation; its failures are results, not exceptions. */
  invoke(event: string): Promise<Invocation> {
    const requestId = randomUUID();
    const limitMs = this.lambda.timeoutSeconds * 1000;
    const log: string[] = [`START RequestId: ${requestId} Version: $LATEST`];
    const began = performance.now();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.timeOut(requestId), limitMs);
      const end = (payload: string, failed: boolean) => {
        clearTimeout(timer);
        this.running = undefined;
        log.push(`END RequestId: ${requestId}`, this.report(requestId, performance.now() - began));
        resolve({ requestId, payload, failed, log });
      };
      this.running = { requestId, event, deadline: Date.now() + limitMs, log, delivered: false, end };
      this.deliver();
    });
  }

  /** Answers a Runtime API request that carries this sandbox's path. */
  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.peakKb = Math.max(this.peakKb, Number(request.headers["x-penstock-peak-kb"] ?? 0));
    if (path === "/2018-06-01/runtime/invocation/next") {
      this.waiting = response;
      this.deliver();
      return;
    }
    const body = await text(request);
    if (request.headers["x-penstock-last"]) this.killed = "died of an error that nobody caught";
    response.writeHead(202).end();
    // What was printed before the answer may still lie in the pipe.
    await turn();
    await turn();
    const done = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path);
    if (done && done[1] === this.running?.requestId) this.finish(body, done[2] === "error");
    else if (path === "/2018-06-01/runtime/init/error") this.initError = body;
  }

  /** Ends the process at once. */
  kill(why = "stopped"): void {
    this.killed = why;
    this.child.kill("SIGKILL");
  }

  private deliver(): void {
    if (!this.waiting || !this.running || this.running.delivered) return;
    this.running.delivered = true;
    const { requestId, deadline, event } = this.running;
    this.waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(deadline),
      "lambda-runtime-invoked-function-arn": this.arn,
    });
    this.waiting.end(event);
    this.waiting = undefined;
  }

  private timeOut(requestId: string): void {
    if (this.running?.requestId !== requestId) return;
    const seconds = this.lambda.timeoutSeconds.toFixed(2);
    const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.running.log.push(message);
    this.kill("timed out");
    this.finish(failurePayload("Sandbox.Timedout", message), true);
  }

  /** There is no process, so that no exit will be told. */
  private unborn(error: Error): void {
    this.killed = "could not be started";
    this.onExit();
    this.finish(failurePayload("Runtime.InvalidEntrypoint", error.message), true);
  }

  private async exited(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    this.onExit();
    await Promise.race([this.drained, sleep(500)]);
    if (!this.running) return;
    if (this.initError !== undefined) return this.finish(this.initError, true);
    // Node aborts itself when its heap is full; Lambda's kernel kills what outgrows the sandbox.
    const how =
      signal === "SIGKILL"
        ? "signal: killed"
        : signal === "SIGABRT"
          ? "signal: aborted"
          : `exit status ${code}`;
    const message = `RequestId: ${this.running.requestId} Error: Runtime exited with error: ${how}`;
    this.running.log.push(message);
    this.finish(failurePayload("Runtime.ExitError", message), true);
  }

  private finish(payload: string, failed: boolean): void {
    this.running?.end(payload, failed);
  }

  private read(name: "stdout" | "stderr"): Promise<void> {
    const stream = this.child[name];
    if (!stream) return Promise.resolve();
    return eachLine(stream, (line) => {
      this.running?.log.push(line);
      this.onLine(line, name, this.running?.requestId);
    });
  }

  private report(requestId: string, milliseconds: number): string {
    const used = Math.round(this.peakKb / 1024);
    const { memoryMb } = this.lambda;
    const duration = milliseconds.toFixed(2);
    return `REPORT RequestId: ${requestId} Duration: ${duration} ms Memory Size: ${memoryMb} MB Max Memory Used: ${used} MB`;
  }
}
