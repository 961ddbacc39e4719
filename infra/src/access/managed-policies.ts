/** A policy in as many parts as IAM wants: what is written into a role may be longer, but not by much. */

import type { PolicyDocument, PolicyStatement } from "./policy-document.ts";

/**
 * What is put into a managed policy, in characters without white space; ten of them can be attached to a role. IAM
 * takes 6,144, but the key's ARN, which only Terraform knows, is longer than what stands for it here.
 */
export const mostCharacters = 5600;

/**
 * The same policy as managed policies that each fit; one, as long as it does.
 *
 * @throws Error when a statement can't be made to fit
 */
export function managedPolicies(policy: PolicyDocument): PolicyDocument[] {
  const parts: PolicyStatement[][] = [];
  for (const statement of policy.Statement.flatMap(fitting)) {
    const last = parts.at(-1);
    if (last !== undefined && fits([...last, statement])) last.push(statement);
    else parts.push([statement]);
  }
  return parts.map((Statement) => ({ ...policy, Statement }));
}

/** A statement, or else parts of it with some of its resources each. */
function fitting(statement: PolicyStatement): PolicyStatement[] {
  if (fits([statement])) return [statement];
  const { Sid, Resource } = statement;
  if (Resource.length < 2)
    throw new Error(`statement ${Sid} does not fit into a policy: IAM takes ${mostCharacters}`);
  const half = Math.ceil(Resource.length / 2);
  return [
    { ...statement, Sid: `${Sid}A`, Resource: Resource.slice(0, half) },
    { ...statement, Sid: `${Sid}B`, Resource: Resource.slice(half) },
  ].flatMap(fitting);
}

const fits = (Statement: readonly PolicyStatement[]): boolean =>
  JSON.stringify({ Version: "2012-10-17", Statement }).length <= mostCharacters;
