/** What was wrong with a request, as RFC 9457 has it: https://www.rfc-editor.org/rfc/rfc9457 */

import { STATUS_CODES } from "node:http";
import { type Finding, message } from "@penstock/contracts/errors.ts";

/** How much of what a client sent is told back to it, in characters. */
const shown = 100;

/** A request that is not answered with what it asked for. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** The parameter that is wrong, when it is one. */
  readonly parameter: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: { readonly parameter?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.parameter = more.parameter;
    this.headers = more.headers ?? {};
  }
}

/** A parameter that is wrong: status 400, and the parameter named. */
export function wrong(parameter: string, finding: Finding): Problem {
  return new Problem(400, worded(finding), { parameter: shortened(parameter) });
}

/** A finding in words, what was found of no more than a line. */
export function worded(finding: Finding): string {
  return message(finding.found === undefined ? finding : { ...finding, found: shortened(finding.found) });
}

export function problemResponse({ status, message: detail, parameter, headers }: Problem): Response {
  const title = STATUS_CODES[status] ?? "Error";
  return new Response(JSON.stringify({ type: "about:blank", title, status, detail, parameter }), {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
  });
}

const shortened = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text);
