/** Asks a policy evaluator, which knows every action of AWS, its resources and its condition keys. */

import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { PolicyDocument } from "../policy-document.ts";

/** A request as AWS sees it. */
export interface Request {
  readonly action: string;
  /** An ARN, or `*` where AWS knows none. */
  readonly resource: string;
  /** What the request says besides, by condition key. */
  readonly context?: Readonly<Record<string, string | string[]>>;
}

export const account = "111111111111";

/** Whether a role with this policy may do it. @throws Error when AWS knows no such action, or not on that resource */
export async function isAllowed(policy: PolicyDocument, request: Request): Promise<boolean> {
  const { action, resource, context = {} } = request;
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/asked`,
        action,
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
      identityPolicies: [{ name: "asked", policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // a key leaves it to the roles' policies who may use it
      ...(action.startsWith("kms:") ? { resourcePolicy: keyPolicy } : {}),
    },
    {},
  );
  if (answer.resultType === "error") {
    throw new Error(`${told(request)}: ${JSON.stringify(answer.errors)}`);
  }
  return answer.overallResult === "Allowed";
}

/** In one line, the same for equal ones. */
export const told = ({ action, resource, context }: Request): string =>
  `${action} ${resource}${context === undefined ? "" : ` ${JSON.stringify(context)}`}`;

const keyPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};
