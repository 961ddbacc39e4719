/** A disk of a few megabytes that can be filled: what only root on Linux can make, as a file system in memory. */

import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  /** Takes all its room but so many bytes. */
  fill(butBytes: number): void;
  /** Gives the room back. */
  free(): void;
  /** Takes the disk away, with all that is on it. */
  end(): void;
}

/** Puts an empty disk at a folder. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "pipe" });
  const filler = join(folder, ".filler");
  const room = (): number => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    fill: (butBytes) => {
      const file = openSync(filler, "a");
      const block = Buffer.alloc(4096);
      while (room() >= butBytes + block.length) writeSync(file, block);
      closeSync(file);
    },
    free: () => rmSync(filler, { force: true }),
    end: () => {
      if (existsSync(folder)) execFileSync("umount", ["--lazy", folder]);
    },
  };
}

/** Whether this machine lets its tests mount anything. */
export function canMountSmallDisks(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "penstock-disk-"));
  try {
    mountSmallDisk(folder, 1).end();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
