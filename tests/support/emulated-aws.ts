/** An AWS account of a test's own, in a process of its own: see tests/emulated-aws. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { toolchain } from "@penstock/toolchain/paths.ts";

export interface EmulatedAws {
  readonly endpoint: string;
  /** For AWS SDK clients. S3 needs no `forcePathStyle`: the SDKs use it for an endpoint that is an IP address. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** For Terraform, the AWS CLI, functions, jobs: all that reads the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the server said: calls that the emulation refuses, events that reached nobody. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

export interface EmulatedAwsOptions {
  /** @default eu-central-1 */
  readonly region?: string;
  /** @default false: an execution stays RUNNING, a job succeeds at once, a query finds nothing */
  readonly run?: boolean;
}

/** Starts it on a free port; it ends with the process that started it, at the latest. */
export async function startEmulatedAws(options: EmulatedAwsOptions = {}): Promise<EmulatedAws> {
  const { region = "eu-central-1", run = false } = options;
  const words = ["--port", "0", "--with-parent", String(process.pid), ...(run ? ["--run"] : [])];
  const server = spawn(toolchain.python, ["-m", "emulated_aws", ...words], {
    cwd: join(toolchain.repository, "tests/emulated-aws"),
    env: { ...process.env, PYTHONUNBUFFERED: "1", PENSTOCK_NODE: process.execPath },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const said: string[] = [];
  createInterface({ input: server.stderr }).on("line", (line) => said.push(line));
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const url = /^AWS is emulated at (http:\S+)/.exec(line)?.[1];
      if (url === undefined) said.push(line);
      else resolve(url);
    });
    server.once("error", reject);
    server.once("close", (code) =>
      reject(new Error(`the emulated AWS ended with ${code}: ${said.join("\n")}`)),
    );
  });
  return {
    endpoint,
    client: { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    },
    said,
    close: () => {
      server.kill();
      return ended;
    },
  };
}
