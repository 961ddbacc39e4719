/** On the emulated AWS an execution stays RUNNING, a job succeeds at once and a query finds nothing, but while they are really run. */

import type { EmulatedAws } from "./emulated-aws.ts";

/** Does work while the state machines, jobs and queries that it starts are really run. */
export async function reallyRunning<T>({ endpoint }: EmulatedAws, work: () => Promise<T>): Promise<T> {
  const turn = async (run: boolean): Promise<void> => {
    const answer = await fetch(`${endpoint}/moto-api/run`, { method: "POST", body: JSON.stringify({ run }) });
    if (!answer.ok) throw new Error(`nothing is run: ${answer.status} ${await answer.text()}`);
  };
  await turn(true);
  try {
    return await work();
  } finally {
    await turn(false);
  }
}
