import { Failure } from "./failure.ts";
import type { Session } from "./session/session.ts";

/** Where a pipeline's HTTP API is. @throws Failure when it has none there */
export async function apiUrlOf(_session: Session, pipeline: string): Promise<string> {
  throw new Failure(`where ${pipeline}'s API is can't be told here; give its address with --api`);
}
