/** What a role is granted, piece by piece, and the policy that the pieces come to. */

import type { Conditions, PolicyDocument, PolicyStatement } from "./policy-document.ts";

/** One thing that a role may do. */
export interface Grant {
  /** In letters alone, such as `ReadFiles`; grants of one name have the same actions. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Conditions;
}

/**
 * The policy that grants just this: each resource gets the actions of its own grants and no other's. Resources
 * with the same actions share a statement, since the length of policies is limited.
 */
export function policyOf(grants: readonly Grant[]): PolicyDocument {
  const byResource = new Map<string, { grants: Map<string, Grant>; resource: string }>();
  for (const grant of grants) {
    for (const resource of grant.resources) {
      const key = JSON.stringify([resource, shapeOf(grant.condition)]);
      const at = byResource.get(key) ?? { resource, grants: new Map() };
      byResource.set(key, at);
      const sofar = at.grants.get(grant.name);
      at.grants.set(grant.name, sofar === undefined ? grant : together(sofar, grant));
    }
  }
  const statements = new Map<string, { statement: PolicyStatement; resources: string[] }>();
  for (const { resource, grants: own } of byResource.values()) {
    for (const same of alike([...own.values()])) {
      const statement = statementOf(same);
      const key = JSON.stringify([statement.Action, statement.Condition]);
      const at = statements.get(key) ?? { statement, resources: [] };
      statements.set(key, at);
      at.resources.push(resource);
    }
  }
  const found = [...statements.values()].map(({ statement, resources }) => ({
    ...statement,
    Resource: resources.toSorted(),
  }));
  return { Version: "2012-10-17", Statement: numbered(found) };
}

/** Two grants of one name on one resource: either's values will do. */
function together(one: Grant, other: Grant): Grant {
  if (one.condition === undefined || other.condition === undefined) return one;
  const condition = Object.fromEntries(
    Object.entries(one.condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [
          key,
          [...new Set([...values, ...(other.condition?.[operator]?.[key] ?? [])])].toSorted(),
        ]),
      ),
    ]),
  );
  return { ...one, condition };
}

/** The grants of one resource by their conditions: those with the same one make one statement. */
function alike(grants: readonly Grant[]): Grant[][] {
  return [...Map.groupBy(grants, ({ condition }) => JSON.stringify(condition)).values()];
}

function statementOf(grants: readonly Grant[]): PolicyStatement {
  const condition = grants[0]?.condition;
  return {
    Sid: [...new Set(grants.map(({ name }) => name))].toSorted().join("And"),
    Effect: "Allow",
    Action: [...new Set(grants.flatMap(({ actions }) => actions))].toSorted(),
    Resource: [],
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** Operators and keys without their values. */
const shapeOf = (condition: Conditions | undefined): unknown =>
  Object.entries(condition ?? {}).map(([operator, keys]) => [operator, Object.keys(keys)]);

/** A policy takes each Sid once; the order is that of the names, so that it never depends on that of the states. */
function numbered(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const sorted = statements.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return sorted.map((statement, at) => {
    const before = sorted.slice(0, at).filter(({ Sid }) => Sid === statement.Sid).length;
    return before === 0 ? statement : { ...statement, Sid: `${statement.Sid}${before + 1}` };
  });
}

const orderOf = ({ Sid, Resource }: PolicyStatement): string => `${Sid} ${Resource.join(" ")}`;
