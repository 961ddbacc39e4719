/** One writer of a key at a time: what is written in batches can't be conditional. */

import type { SeriesLease } from "@penstock/lake/series-lease.ts";

/** Another holds the lease for too long, or it ran out under way. The event comes again. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export interface LeaseContext {
  readonly lease: SeriesLease;
  /** Different for each call. */
  readonly newOwner: () => string;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How long a lease lasts, how much of it must be left to write, and how long one waits for another's. */
const leaseMs = 30_000;
const marginMs = 15_000;
const patienceMs = 60_000;

/**
 * Does work while holding a key's lease.
 *
 * @param work is given `hold`, to be awaited before each write: it renews the lease when little is left
 * @throws LeaseLost
 */
export async function exclusively<T>(
  key: string,
  { lease, newOwner, now, sleep }: LeaseContext,
  work: (hold: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const owner = newOwner();
  let until = 0;
  const take = async (): Promise<boolean> => {
    const at = now();
    const end = at.getTime() + leaseMs;
    const held = await lease.take(key, owner, { now: at, until: new Date(end) });
    if (held) until = end;
    return held;
  };
  const giveUp = now().getTime() + patienceMs;
  for (let pause = 20; !(await take()); pause = Math.min(pause * 2, 1000)) {
    if (now().getTime() > giveUp) throw new LeaseLost(`another process has been writing ${key} for a minute`);
    await sleep(pause);
  }
  try {
    return await work(async () => {
      const left = until - now().getTime();
      if (left > marginMs) return;
      if (left <= 0 || !(await take()))
        throw new LeaseLost(`the lease of ${key} ran out while it was written`);
    });
  } finally {
    await lease.release(key, owner);
  }
}
