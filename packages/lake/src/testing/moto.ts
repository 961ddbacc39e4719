/** An AWS of a test's own, its S3 at hand: moto in a process of its own. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";

export interface TestAws {
  /** Where all its services answer. */
  readonly endpoint: string;
  readonly client: S3Client;
  /** Makes an empty bucket. */
  readonly bucket: (name: string, options?: { readonly versioned: boolean }) => Promise<string>;
  readonly close: () => void;
}

/** @param python a Python that has `moto[server]` */
export async function startMoto(python: string): Promise<TestAws> {
  // on a port that the system picks, told by moto's own words
  const server = spawn(python, ["-m", "moto.server", "--port", "0"], {
    env: { ...process.env, PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stderr }).on("line", (line) => {
      said.push(line);
      const url = /Running on (http:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`moto ended with ${code}: ${said.join("\n")}`)));
  });
  const client = new S3Client({
    endpoint,
    forcePathStyle: true,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    endpoint,
    client,
    async bucket(Bucket, options) {
      await client.send(new CreateBucketCommand({ Bucket }));
      if (options?.versioned) {
        const VersioningConfiguration = { Status: "Enabled" } as const;
        await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      }
      return Bucket;
    },
    close() {
      client.destroy();
      server.kill();
    },
  };
}
