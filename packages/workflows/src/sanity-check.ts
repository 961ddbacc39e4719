/** One sanity query, as a branch: it returns the rows that offend, and none is well. */

import { type Access, queries } from "./access.ts";
import { present } from "./condition.ts";
import { athenaQuery, athenaResults, type Branch, choice, fail, pass, succeed } from "./state.ts";
import { path } from "./template.ts";
import { branch } from "./workflow.ts";

const hour = 3600;

/** @param tables what sanity queries may read; the branch's input is `{name, query}` */
export function sanityCheck(tables: readonly Access[]): Branch {
  return branch({
    startAt: "StartCheck",
    states: {
      StartCheck: athenaQuery({
        query: path("$.query"),
        resultAt: "$.execution",
        timeoutSeconds: hour,
        reads: [...tables],
        writes: [queries],
        next: "GetCheckResults",
      }),
      GetCheckResults: athenaResults({
        queryId: path("$.execution.id"),
        // the header and one offending row say enough, and stay below the size a state may carry
        maxRows: 2,
        resultAt: "$.results",
        timeoutSeconds: 60,
        reads: [queries],
        writes: [],
        next: "IsCheckEmpty",
      }),
      IsCheckEmpty: choice({
        when: [{ is: present("$.results.rows[1]"), next: "DescribeOffence" }],
        otherwise: "CheckHolds",
      }),
      CheckHolds: succeed(),
      DescribeOffence: pass({
        result: { cause: path("States.Format('sanity query {} finds rows that offend', $.name)") },
        resultAt: "$.offence",
        next: "CheckFailed",
      }),
      CheckFailed: fail({ error: "SanityCheckFailed", cause: path("$.offence.cause") }),
    },
  });
}
