/** What Glue jobs and functions load, in the bucket of code. */

import { createHash } from "node:crypto";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object/index.js";
import { Construct } from "constructs";
import { Asset } from "../asset.ts";

export interface JobCodeProps {
  readonly bucket: string;
  /** A zip of the Python runtime. */
  readonly runtime: Uint8Array;
  /** Jars by their file names. */
  readonly jars: Readonly<Record<string, Uint8Array>>;
}

/** A file in the bucket of code. */
export interface PlacedCode {
  readonly bucket: string;
  /** Known to Terraform only once the file is there, so that what loads it waits. */
  readonly key: string;
  /** SHA-256 of the content in base64, as Lambda gives it. */
  readonly sha256: string;
}

/** Holds what all jobs share, and takes each one's own script, and each function's code. */
export class JobCode extends Construct {
  /** URLs in S3. */
  readonly runtime: string;
  readonly jars: readonly string[];
  private readonly bucket: string;

  constructor(scope: Construct, id: string, { bucket, runtime, jars }: JobCodeProps) {
    super(scope, id);
    this.bucket = bucket;
    this.runtime = this.put(this, "penstock_runtime.zip", runtime);
    this.jars = Object.entries(jars).map(([name, content]) => this.put(this, name, content));
  }

  /** Puts a file and returns its URL. */
  put(scope: Construct, name: string, content: Uint8Array): string {
    const { bucket, key } = this.place(scope, name, content);
    return `s3://${bucket}/${key}`;
  }

  /**
   * Puts a file. A new content gets a new key, so that a job that starts during a deploy has either all of the old code
   * or all of the new.
   */
  place(scope: Construct, name: string, content: Uint8Array): PlacedCode {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
    const asset = new Asset(scope, `${name}-content`, { path: `${hash}/${name}`, content });
    const { bucket, key } = new S3Object(scope, name, {
      bucket: this.bucket,
      key: `${hash}/${name}`,
      source: asset.path,
      sourceHash: asset.sha256,
      lifecycle: { createBeforeDestroy: true },
    });
    return { bucket, key, sha256: asset.sha256 };
  }
}
