/** The person at the keyboard has seen enough; its message says what goes on all the same. */
export class StoppedWatching extends Error {
  override readonly name = "StoppedWatching";
}

/** As a shell tells it of a program that Ctrl-C ended. */
export const exitCodeOfCtrlC = 130;

/**
 * Does work that only watches what goes on elsewhere, until Ctrl-C.
 *
 * @param work sleeps by the signal
 * @param goesOn what to say then
 * @throws StoppedWatching
 */
export async function untilCtrlC<T>(goesOn: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    return await work(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? new StoppedWatching(goesOn) : error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
