import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { AwsError } from "../aws-error.ts";
import type { DynamoDb } from "../dynamodb.ts";
import type { EventQueue } from "../lambda/event-queue.ts";
import type { Lambda } from "../lambda.ts";
import { type Answer, answerJson, type JsonService, refuseJson } from "./json-protocol.ts";
import { answerLambda, isLambdaPath } from "./lambda.ts";
import { answerQuery, type QueryService } from "./query-protocol.ts";

/** Everything that answers at the daemon's one address. */
export interface Endpoints {
  readonly json: readonly JsonService[];
  readonly query: readonly QueryService[];
  readonly lambda: Lambda;
  readonly eventQueue: EventQueue;
  readonly dynamoDb: DynamoDb;
  /** Penstock's own, by method and path: `GET /penstock/health`. */
  readonly control: Readonly<Record<string, () => object | Promise<object>>>;
}

/** Starts the daemon's server on a free port of this machine's own address. */
export async function startServer(
  endpoints: Endpoints,
  onRequest: (path: string, request: IncomingMessage) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    onRequest(pathOf(request), request);
    void respond(endpoints, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function respond(
  endpoints: Endpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await route(endpoints, request, await buffer(request));
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    // The client went away, or something nobody foresaw: either way the daemon goes on.
    if (!response.headersSent) response.writeHead(500);
    response.end(error instanceof Error ? error.message : String(error));
  }
}

async function route(endpoints: Endpoints, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const path = pathOf(request);
  const { headers, method = "GET" } = request;
  if (isForeign(request))
    return refusal(403, "AccessDeniedException", "This address is for programs of this machine.");

  const control = endpoints.control[`${method} ${path}`];
  if (control) return json(200, await control());
  if (isLambdaPath(path)) return answerLambda(endpoints, method, path, headers, body.toString());

  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [prefix = "", operation = ""] = target.split(".");
    if (prefix.startsWith("DynamoDB_")) return endpoints.dynamoDb.answer(operation, headers, body);
    const service = endpoints.json.find((candidate) => candidate.target === prefix);
    if (service) return answerJson(service, operation, body.toString());
    return refusal(400, "UnknownOperationException", `NotImplemented: ${target}. ${known(endpoints)}`);
  }

  // never by GET: a page in a browser asks for an image, say, without telling its origin
  const form = new URLSearchParams(method === "POST" ? body.toString() : "");
  const service = endpoints.query.find((candidate) => candidate.version === form.get("Version"));
  if (form.has("Action") && service) return answerQuery(service, form);
  const asked = form.has("Action")
    ? `action ${form.get("Action")} of version ${form.get("Version")}`
    : `${method} ${path}`;
  return refusal(404, "UnknownOperationException", `NotImplemented: ${asked}. ${known(endpoints)}`);
}

/** A page in a browser may not talk to the daemon, under whatever name it found this address. */
function isForeign({ headers }: IncomingMessage): boolean {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return headers.origin !== undefined || !["127.0.0.1", "localhost"].includes(host);
}

function known({ json: services, query }: Endpoints): string {
  const names = [...services.map(({ name }) => name), ...query.map(({ name }) => name), "Lambda", "DynamoDB"];
  return `This laptop answers for ${names.join(", ")}.`;
}

const refusal = (status: number, code: string, message: string): Answer =>
  refuseJson(new AwsError(code, message, status));

const json = (status: number, body: object): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?")[0] ?? "/";
