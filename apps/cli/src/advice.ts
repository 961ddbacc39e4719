import { statfsSync } from "node:fs";

/** What to do about failures that are the machine's rather than the data's. */
const advice: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|ENOSPC/,
    "The disk is full. Free some space, then run the command again: it goes on where it was.",
  ],
  [
    /out of memory|OutOfMemoryError/i,
    "Close what else needs memory, or load smaller files one by one; the next run goes on where this one stopped.",
  ],
  [
    /^GateFailed/,
    "Nothing was published. Mend the file and load it again under its name; or, if it is right, change the gate in the contract and run with --again.",
  ],
  [
    /Spark did not start|JAVA_GATEWAY_EXITED/,
    "Is its Java 17 still there? Mend what Spark runs on with: pnpm penstock setup",
  ],
];

/** What a person can do about an error; undefined when its own text says all that is known. */
export function adviceFor(error: string): string | undefined {
  return advice.find(([pattern]) => pattern.test(error))?.[1];
}

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
