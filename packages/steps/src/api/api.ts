/** The HTTP API of a series: its keys, its figures, its records, and the documents about itself. */

import type { SeriesReads } from "@penstock/lake/series-reads.ts";
import { recordRoutes } from "@penstock/workflows/series-requests.ts";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type { LogRecord } from "../log.ts";
import { answer } from "./answer.ts";
import { type Assets, contentType } from "./assets.ts";
import { exactJson } from "./exact-json.ts";
import type { ApiFacts } from "./facts.ts";
import { noParameters, recordsRequest } from "./parameters.ts";
import { Problem, problemResponse, worded } from "./problem.ts";
import { recordsJson } from "./records.ts";
import { summaryJson } from "./summary.ts";

export interface ApiContext {
  readonly facts: ApiFacts;
  readonly reads: SeriesReads;
  /** `openapi.json`, `docs/index.html` and what that asks for. */
  readonly assets: Assets;
  readonly log: (record: LogRecord) => void;
  readonly now: () => Date;
}

export function seriesApi(context: ApiContext): Hono {
  const { facts, reads, assets, now } = context;
  const { series, keys } = facts.serves;
  const keysText = exactJson({
    [keys.name]: keys.items.map((item) => picked(item, Object.keys(keys.fields))),
  });
  const app = new Hono();
  const routes: string[] = [];

  app.use(async (request, next) => {
    await next();
    secure(request.res.headers);
  });
  get(`/${keys.name}`, async (request) => {
    noParameters(parametersOf(request));
    return await json(request, keysText);
  });
  get("/summary", async (request) => {
    noParameters(parametersOf(request));
    return await json(request, await summaryJson(facts, reads, now()));
  });
  for (const route of recordRoutes) {
    get(`/${route}/:key`, async (request) => {
      const asked = recordsRequest(route, known(request.req.param("key") ?? ""), parametersOf(request));
      return await json(request, await recordsJson(asked, facts, reads));
    });
  }
  get("/openapi.json", (request) => asset(request, "openapi.json"));
  get("/docs", async (request) =>
    // the page's own paths are relative to one without a slash at its end
    request.req.path.endsWith("/")
      ? request.redirect("../docs", 308)
      : await asset(request, "docs/index.html"),
  );
  get("/docs/:file", (request) => asset(request, `docs/${request.req.param("file")}`));
  app.notFound(() => problemResponse(nothingHere()));
  app.onError((error) => problemResponse(error instanceof Problem ? error : unforeseen(error, context)));
  return app;

  /** Of each route there is one method; HEAD is the same without its body. */
  function get(path: string, handler: (request: Context) => Promise<Response>): void {
    app.get(path, handler);
    app.all(path, ({ req }) => {
      throw new Problem(405, `${req.method} is not possible here`, { headers: { allow: "GET, HEAD" } });
    });
    routes.push(path.replace(":key", `{${series.key}}`));
  }

  function known(id: string): string {
    if (facts.ids.includes(id)) return id;
    const finding = { found: id.slice(0, 200), expected: `one of those at /${keys.name}`, known: facts.ids };
    throw new Problem(404, worded({ problem: series.key, ...finding }), { parameter: series.key });
  }

  function nothingHere(): Problem {
    return new Problem(404, `there is only ${routes.join(", ")}`);
  }

  async function asset(request: Context, name: string): Promise<Response> {
    const gzipped = await assets(name);
    if (gzipped === null) throw nothingHere();
    const headers = name.endsWith(".html") ? { "content-security-policy": docsPolicy } : {};
    return await answer(request.req.raw.headers, { type: contentType(name), content: { gzipped }, headers });
  }
}

const json = (request: Context, content: string): Promise<Response> =>
  answer(request.req.raw.headers, { type: "application/json; charset=utf-8", content });

/** Names and values as they were sent; what is wrongly escaped stays as it is. */
const parametersOf = ({ req }: Context): URLSearchParams => new URL(req.url).searchParams;

const picked = (item: Readonly<Record<string, string | number>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, item[name] ?? null]));

/** What the documents' page may do: run and show what lies beside it, and ask this API. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function secure(headers: Headers): void {
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  if (!headers.has("content-security-policy")) {
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  }
}

/** DynamoDB had enough, after all the tries of its client. */
const throttled = ["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"];

/** The client is not told what went wrong; the log is. */
function unforeseen(error: Error, { facts, log }: ApiContext): Problem {
  const { name, message } = error;
  log({ level: "ERROR", message: "request failed", pipeline: facts.pipeline, error: name, cause: message });
  return throttled.includes(name)
    ? new Problem(503, "too many requests at this moment", { headers: { "retry-after": "1" } })
    : new Problem(500, "the request could not be answered");
}
