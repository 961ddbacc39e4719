/** A file that goes along with a stack: written beside it when it is synthesised. */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Construct } from "constructs";

export interface AssetProps {
  /** Its path below the stack's `assets/`. */
  readonly path: string;
  readonly content: Uint8Array;
}

export class Asset extends Construct {
  /** Its path as seen from the stack's folder. */
  readonly path: string;
  /** SHA-256 of the content in base64, as Lambda gives it. */
  readonly sha256: string;
  private readonly content: Uint8Array;

  constructor(scope: Construct, id: string, { path, content }: AssetProps) {
    super(scope, id);
    this.path = `assets/${path}`;
    this.sha256 = createHash("sha256").update(content).digest("base64");
    this.content = content;
  }

  /** Writes it below its stack's folder. */
  write(stackFolder: string): void {
    const file = join(stackFolder, this.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, this.content);
  }
}
