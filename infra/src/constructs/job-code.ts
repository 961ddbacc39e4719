/** What Glue jobs load, in the bucket of code. */

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

/** Holds what all jobs share, and takes each one's own script. */
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

  /**
   * Puts a file and returns its URL. A new content gets a new key, so that a job that starts during a deploy has
   * either all of the old code or all of the new.
   */
  put(scope: Construct, name: string, content: Uint8Array): string {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
    const asset = new Asset(scope, `${name}-content`, { path: `${hash}/${name}`, content });
    const { bucket, key } = new S3Object(scope, name, {
      bucket: this.bucket,
      key: `${hash}/${name}`,
      source: asset.path,
      sourceHash: asset.sha256,
      lifecycle: { createBeforeDestroy: true },
    });
    return `s3://${bucket}/${key}`;
  }
}
