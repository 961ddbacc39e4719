/** An HTTP request as API Gateway hands it to a function: payload format 2.0 of HTTP APIs. */

import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../json.ts";

/** Whose request it is. */
export interface ApiFacts {
  readonly account: string;
  readonly id: string;
}

/**
 * The event of a request. Its path is decoded and its query string is not, as on AWS, where a path that holds an
 * encoded slash can't be told from one that holds two parts.
 *
 * @throws URIError when its path is not well encoded
 */
export function eventOf(
  request: IncomingMessage,
  body: Buffer,
  { account, id }: ApiFacts,
  now: Date,
): JsonObject {
  const [, encoded = "/", query = ""] = /^([^?]*)\??(.*)$/s.exec(request.url ?? "/") ?? [];
  const path = decodeURIComponent(encoded);
  const headers = headersOf(request);
  const domain = headers.host ?? "";
  const cookies = (request.headers.cookie ?? "").split(/; */).filter((cookie) => cookie !== "");
  const isText = textual.test(headers["content-type"] ?? "") && headers["content-encoding"] === undefined;
  const parameters = parametersOf(query);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(Object.keys(parameters).length > 0 ? { queryStringParameters: parameters } : {}),
    requestContext: {
      accountId: account,
      apiId: id,
      domainName: domain,
      domainPrefix: domain.split(".")[0],
      http: {
        method: request.method ?? "GET",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: sourceOf(request),
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(isText ? "utf8" : "base64") } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** What is handed on as text; anything else is in base64. */
const textual = /^(text\/|application\/(json|javascript|xml|[^;]*\+(json|xml)))/i;

/** Lower-case names, several values joined by commas; cookies have a field of their own. */
function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const given = Object.entries(request.headersDistinct).map(([name, values = []]) => [
    name,
    values.join(","),
  ]);
  const { cookie: _, connection: __, ...headers } = Object.fromEntries(given) as Record<string, string>;
  return {
    ...headers,
    "x-amzn-trace-id": `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`,
    "x-forwarded-for": sourceOf(request),
    "x-forwarded-port": String(request.socket.localPort),
    "x-forwarded-proto": "http",
  };
}

const sourceOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? "";

/** Decoded, the values of a name that comes several times joined by commas. */
function parametersOf(query: string): Readonly<Record<string, string>> {
  const form = new URLSearchParams(query);
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).join(",")]));
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
