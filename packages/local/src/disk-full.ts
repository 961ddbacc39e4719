import { statfsSync } from "node:fs";
import { isObject } from "./json.ts";

/** Whether something failed because the disk is full. */
export const isOfFullDisk = (error: unknown): boolean => isObject(error) && error.code === "ENOSPC";

/** Less than this is full: nothing that matters fits. */
const fullBytes = 1 << 20;

/** Whether the disk that holds a path is full; false when it can't be told. */
export function isDiskFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < fullBytes;
  } catch {
    return false;
  }
}
