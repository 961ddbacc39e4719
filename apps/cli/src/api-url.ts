import { Failure } from "./failure.ts";
import type { Session } from "./session/session.ts";

/** Where a pipeline's HTTP API is. @throws Failure when it has none there */
export async function apiUrlOf({ place }: Session, pipeline: string): Promise<string> {
  if (place.home === null) {
    throw new Failure(`where ${pipeline}'s API is can't be told here; give its address with --api`);
  }
  const { probe } = await import("@penstock/local/client.ts");
  const { homeAt } = await import("@penstock/local/home.ts");
  const apis = (await probe(homeAt(place.home)))?.apis ?? {};
  const url = apis[pipeline];
  if (url !== undefined) return url;
  const known = Object.keys(apis).join(", ") || "none has";
  throw new Failure(`${pipeline} has no HTTP API on this laptop; with one: ${known}`);
}
