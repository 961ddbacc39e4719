/**
 * Each role of each pipeline may do what its states declare and nothing else, as a policy evaluator sees it. What
 * counts as everything is what all roles of all pipelines do, what a stranger's would, and what none should.
 */

import { describe, expect, jest, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { metering } from "../testing/metering.ts";
import { isAllowed, type Request, told } from "./testing/ask.ts";
import { readRequests, writeRequests } from "./testing/declared-requests.ts";
import { everyKind } from "./testing/every-kind.ts";
import { rolesOf } from "./testing/role.ts";
import { everyAccess, forbidden, strangersRequests } from "./testing/stranger.ts";
import { withoutResource } from "./without-resource.ts";

// thousands of questions, on a machine that may be busy
jest.setTimeout(60_000);

const all = [...pipelines, everyKind, metering];
const roles = all.flatMap(rolesOf);

const everything: readonly Request[] = once([
  ...roles.flatMap(({ requests }) => requests),
  // what a pipeline has, whether or not a state of it declares it
  ...all.flatMap((pipeline) =>
    pipeline.datasets
      .flatMap(({ name }) => everyAccess(name))
      .flatMap((access) => [...readRequests(access, pipeline), ...writeRequests(access, pipeline)]),
  ),
  ...strangersRequests("stranger"),
  ...all.flatMap(forbidden),
]);

describe.each(roles)("$name", ({ policy, requests }) => {
  const needed = new Set(requests.map(told));

  test("may do what it does", async () => {
    expect(await answered(once(requests), false)).toEqual([]);
  });

  test("may do nothing else", async () => {
    const rest = everything.filter((request) => !needed.has(told(request)));
    expect(rest.length).toBeGreaterThan(100);
    expect(await answered(rest, true)).toEqual([]);
  });

  test("every action of every statement is one that it calls", async () => {
    const idle: string[] = [];
    for (const statement of policy.Statement) {
      for (const action of statement.Action) {
        const alone = { ...policy, Statement: [{ ...statement, Action: [action] }] };
        const calls = once(requests).filter((request) => request.action === action);
        const uses = await Promise.all(calls.map((request) => isAllowed(alone, request)));
        if (!uses.includes(true)) idle.push(`${statement.Sid}: ${action}`);
      }
    }
    expect(idle).toEqual([]);
  });

  test("without any one of its statements it can't do its work", async () => {
    const idle: string[] = [];
    for (const statement of policy.Statement) {
      const less = { ...policy, Statement: policy.Statement.filter((each) => each !== statement) };
      const calls = once(requests).filter(({ action }) => statement.Action.includes(action));
      const answers = await Promise.all(calls.map((request) => isAllowed(less, request)));
      if (!answers.includes(false)) idle.push(statement.Sid);
    }
    expect(idle).toEqual([]);
  });

  test("no action is a pattern, and a resource is one only where AWS knows none", () => {
    for (const { Action, Resource } of policy.Statement) {
      expect(Action.filter((action) => /[*?]/.test(action))).toEqual([]);
      if (Resource.includes("*"))
        expect(Object.keys(withoutResource)).toEqual(expect.arrayContaining([...Action]));
      expect(
        Resource.filter((arn) => arn !== "*" && !/^arn:aws:[a-z0-9]+:[^*?]*:[^*?]*:[^*?]/.test(arn)),
      ).toEqual([]);
    }
  });

  test("each Sid is there once, in letters and digits", () => {
    const sids = policy.Statement.map(({ Sid }) => Sid);
    expect(sids).toEqual([...new Set(sids)]);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });

  /** The requests that are answered so. */
  async function answered(asked: readonly Request[], allowed: boolean): Promise<string[]> {
    const answers = await Promise.all(asked.map((request) => isAllowed(policy, request)));
    return asked.filter((_, at) => answers[at] === allowed).map(told);
  }
});

function once(requests: readonly Request[]): Request[] {
  return [...new Map(requests.map((request) => [told(request), request])).values()];
}
