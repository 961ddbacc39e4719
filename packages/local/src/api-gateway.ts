import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { eventOf } from "./api-gateway/event.ts";
import { type HttpResponse, message, responseOf } from "./api-gateway/response.ts";
import { AwsError } from "./aws-error.ts";
import type { Invocation } from "./lambda/function.ts";
import { readRecord, writeRecord } from "./records.ts";

/** API Gateway's quotas of HTTP APIs. */
const mostBodyBytes = 10_000_000;
const mostHeaderBytes = 10_240;

/** What the API Gateway stand-in needs to know. */
export interface ApiGatewayOptions {
  /** The functions that answer, by pipeline. */
  readonly functions: Readonly<Record<string, string>>;
  readonly invoke: (name: string, event: string) => Promise<Invocation>;
  readonly account: string;
  /** Remembers the ports, so that a URL stays what it is as long as nobody else takes its port. */
  readonly record: string;
  readonly onRequest: () => void;
  /** How long an answer may take. @default 30,000, API Gateway's most */
  readonly timeoutMs?: number;
}

/** Amazon API Gateway: an HTTP API for each pipeline that has one, at a port of this machine's own address. */
export class ApiGateway {
  private readonly options: ApiGatewayOptions;
  private readonly servers: Server[] = [];
  private readonly ports: Record<string, number> = {};

  private constructor(options: ApiGatewayOptions) {
    this.options = options;
  }

  static async start(options: ApiGatewayOptions): Promise<ApiGateway> {
    const gateway = new ApiGateway(options);
    const known = readRecord(options.record) ?? {};
    for (const [pipeline, name] of Object.entries(options.functions)) {
      const server = createServer({ maxHeaderSize: mostHeaderBytes }, (request, response) => {
        options.onRequest();
        void gateway.respond(name, request, response);
      });
      await listen(server, Number(known[pipeline] ?? 0)).catch(() => listen(server, 0));
      gateway.servers.push(server);
      gateway.ports[pipeline] = (server.address() as AddressInfo).port;
    }
    if (gateway.servers.length > 0) writeRecord(options.record, { ...known, ...gateway.ports });
    return gateway;
  }

  /** The URLs of the APIs, by pipeline, without a slash at the end. */
  get urls(): Readonly<Record<string, string>> {
    const urls = Object.entries(this.ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]);
    return Object.fromEntries(urls) as Record<string, string>;
  }

  close(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  private async respond(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, await this.answer(name, request));
      // what is left of a body that is too long
      request.resume();
    } catch {
      // a header that HTTP has no room for, or the client went away: either way the gateway goes on
      if (!response.headersSent) send(response, message(500, "Internal Server Error"));
    }
  }

  private async answer(name: string, request: IncomingMessage): Promise<HttpResponse> {
    if (isForeign(request)) return message(403, "Forbidden");
    const body = await bodyOf(request);
    if (body === undefined) return message(413, "Request Entity Too Large");
    const { account, timeoutMs = 30_000 } = this.options;
    try {
      const event = JSON.stringify(eventOf(request, body, { account, id: name }, new Date()));
      const late = new AbortController();
      const ended = await Promise.race([
        this.options.invoke(name, event),
        sleep(timeoutMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]).finally(() => late.abort());
      if (ended === undefined) return message(503, "Service Unavailable");
      const answer = ended.failed ? undefined : responseOf(ended.payload);
      return answer ?? message(500, "Internal Server Error");
    } catch (error) {
      if (error instanceof URIError) return message(400, "Bad Request");
      if (error instanceof AwsError && error.status === 413) return message(413, "Request Entity Too Large");
      // such as a function that no bundle was made of
      return message(500, "Internal Server Error");
    }
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = status === 204 || status === 304 ? {} : { "content-length": Buffer.byteLength(body) };
  const all = { ...headers, ...length, "apigw-requestid": randomUUID() };
  response.writeHead(status, all as OutgoingHttpHeaders).end(body);
}

/** Listens on a port of this machine's own address, or on any free one for 0. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** An API of this laptop answers under this machine's own names only, whatever name a page in a browser found it by. */
const isForeign = ({ headers }: IncomingMessage): boolean =>
  !["127.0.0.1", "localhost"].includes((headers.host ?? "").replace(/:\d+$/, ""));

/** The whole body; undefined when it is longer than may be. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
