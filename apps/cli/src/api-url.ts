import { Failure } from "./failure.ts";
import type { Session } from "./session/session.ts";

/** Where a pipeline's HTTP API is. @throws Failure when it has none there, or only `deploy` knows */
export async function apiUrlOf({ apis, environment }: Session, pipeline: string): Promise<string> {
  const url = apis[pipeline];
  if (url !== undefined) return url;
  throw new Failure(
    environment.name === "local"
      ? `${pipeline} serves no HTTP API`
      : `where ${pipeline}'s API is, "deploy --env ${environment.name}" prints; give it with --api`,
  );
}
