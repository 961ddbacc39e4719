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

/**
 * Passes each Ctrl-C on to a program that then ends by itself, while this process stays to see it; each SIGTERM and
 * SIGHUP, too.
 * It has to run in a process group of its own: on a terminal it would be told twice, which Terraform takes for an
 * order to drop everything, the lock of its state included.
 *
 * @param held how many are not passed on, but only told
 * @returns what ends it
 */
export function passOnCtrlC(
  program: { kill(signal: "SIGINT"): boolean },
  held: number,
  onInterrupt: () => void,
): () => void {
  let got = 0;
  const pass = () => {
    got += 1;
    onInterrupt();
    if (got > held) program.kill("SIGINT");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
