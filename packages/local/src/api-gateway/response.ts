/** A function's answer as API Gateway makes an HTTP response of it: payload format 2.0 of HTTP APIs. */

import { isObject, type JsonObject } from "../json.ts";

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** The response that a function's answer stands for; undefined when it stands for none. */
export function responseOf(payload: string): HttpResponse | undefined {
  const answer: unknown = JSON.parse(payload);
  // without a status code the answer itself is the body
  if (!isObject(answer) || answer.statusCode === undefined) {
    return { status: 200, headers: { "content-type": "application/json" }, body: payload };
  }
  const { statusCode, body = "", isBase64Encoded = false } = answer;
  const headers = headersOf(answer);
  const isStatus = Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) <= 599;
  if (!isStatus || headers === undefined || (body !== null && typeof body !== "string")) return undefined;
  return {
    status: Number(statusCode),
    headers: { "content-type": "text/plain;charset=UTF-8", ...headers },
    body: isBase64Encoded === true ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}

/** API Gateway's own answer, such as a failure. */
export const message = (status: number, text: string): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: text }),
});

function headersOf({ headers: given = {}, cookies = [] }: JsonObject): HttpResponse["headers"] | undefined {
  if (!isObject(given) || !Array.isArray(cookies)) return undefined;
  // how the body is framed is the gateway's business
  const own = /^(connection|content-length|transfer-encoding|keep-alive)$/i;
  const headers = Object.entries(given)
    .filter(([name]) => !own.test(name))
    .map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    ...(Object.fromEntries(headers) as Record<string, string>),
    ...(cookies.length > 0 ? { "set-cookie": cookies.map(String) } : {}),
  };
}
