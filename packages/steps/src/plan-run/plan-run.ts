/** plan-run: one function, one action of a run at a time. */

import type { Notice } from "../notice.ts";
import { type Claim, type ClaimRequest, claim } from "./claim.ts";
import type { PlanRunContext } from "./context.ts";
import { type FailRequest, fail } from "./fail.ts";
import { type Finished, type FinishRequest, finish } from "./finish.ts";
import { type PutAway, type PutAwayRequest, putAway } from "./put-away.ts";
import { type Settled, type SettleRequest, settle } from "./settle.ts";

/** What the state machine asks for. */
export type PlanRunRequest =
  | ({ readonly action: "claim" } & ClaimRequest)
  | ({ readonly action: "settle" } & SettleRequest)
  | ({ readonly action: "put_away" } & PutAwayRequest)
  | ({ readonly action: "finish" } & FinishRequest)
  | ({ readonly action: "fail" } & FailRequest);

export type PlanRunAnswer = Claim | Settled | PutAway | Finished | { readonly notice: Notice };

export async function planRun(request: PlanRunRequest, context: PlanRunContext): Promise<PlanRunAnswer> {
  switch (request.action) {
    case "claim":
      return await claim(request, context);
    case "settle":
      return await settle(request, context);
    case "put_away":
      return await putAway(request, context);
    case "finish":
      return await finish(request, context);
    case "fail":
      return await fail(request, context);
    default:
      throw new Error(`no action ${JSON.stringify((request as { action?: unknown }).action)}`);
  }
}
