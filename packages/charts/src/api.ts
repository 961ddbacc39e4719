/** An HTTP API that answers JSON, and gives long answers in pages that each name the next by a cursor. */

import { setTimeout as sleep } from "node:timers/promises";

/** The API did not answer, or not as it should: what was asked, what came, what to do. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
}

export interface Api {
  /** As it was given. */
  readonly url: string;
  /**
   * One answer, parsed.
   *
   * @param path its parts, which are escaped: `["records", "site/1"]`
   * @throws ApiFailure
   */
  get(path: readonly string[], parameters?: Parameters): Promise<unknown>;
  /** Every page, by following `next_cursor`. @throws ApiFailure */
  pages(path: readonly string[], parameters?: Parameters): AsyncIterable<unknown>;
}

type Parameters = Readonly<Record<string, string>>;

/** What an answer may take. */
const patience = 60_000;
/** A throttled or starting API is asked again after so many milliseconds. */
const pauses = [500, 2000, 5000];

/**
 * @param url where the API's paths begin: `https://abc.execute-api.eu-west-1.amazonaws.com`, `http://127.0.0.1:4000`
 * @param ask `fetch`, or what stands in for it
 */
export function openApi(
  url: string,
  ask: typeof fetch = fetch,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Api {
  async function get(path: readonly string[], parameters: Parameters = {}): Promise<unknown> {
    const address = addressOf(url, path, parameters);
    for (let tries = 0; ; tries += 1) {
      const answer = await answerOf(ask, address);
      const wait = pauses[tries];
      if (![429, 502, 503, 504].includes(answer.status) || wait === undefined) return parsed(address, answer);
      await pause(wait);
    }
  }

  async function* pages(path: readonly string[], parameters: Parameters = {}): AsyncIterable<unknown> {
    const seen = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const page = await get(path, cursor === null ? parameters : { ...parameters, cursor });
      yield page;
      cursor = cursorOf(page);
      if (cursor === null) return;
      // or a server's mistake would keep us for ever
      if (seen.has(cursor))
        throw new ApiFailure(`GET ${addressOf(url, path, parameters)} gave the same next_cursor twice`);
      seen.add(cursor);
    }
  }

  return { url, get, pages };
}

function addressOf(url: string, path: readonly string[], parameters: Parameters): URL {
  const address = new URL(url);
  // a dot segment would be taken for a way up, escaped or not
  const odd = path.find((part) => part === "." || part === ".." || part === "");
  if (odd !== undefined) throw new ApiFailure(`the API names ${JSON.stringify(odd)}, which no path can hold`);
  const before = address.pathname.replace(/\/+$/, "");
  address.pathname = `${before}/${path.map(encodeURIComponent).join("/")}`;
  address.search = new URLSearchParams(parameters).toString();
  return address;
}

async function answerOf(ask: typeof fetch, address: URL): Promise<Response> {
  try {
    return await ask(address, {
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    throw new ApiFailure(
      `can't reach ${address.origin} (${reasonOf(error)}): check the address, and that the API is up`,
    );
  }
}

async function parsed(address: URL, answer: Response): Promise<unknown> {
  const text = await answer.text().catch((error) => {
    throw new ApiFailure(`GET ${address} broke off (${reasonOf(error)}): run it again`);
  });
  const json = jsonOf(text);
  if (!answer.ok) {
    const advice =
      answer.status === 404
        ? "; is this the address where the pipeline's API begins?"
        : answer.status === 401 || answer.status === 403
          ? "; the API wants a caller who is known, and this command sends no credentials"
          : "";
    throw new ApiFailure(`GET ${address} answered ${answer.status}${problemOf(json)}${advice}`);
  }
  if (json === undefined) {
    const type = answer.headers.get("content-type") ?? "something without a type";
    throw new ApiFailure(`GET ${address} answered ${plain(type)}, expected JSON: this is not the API`);
  }
  return json;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 9457: title and detail. */
function problemOf(json: unknown): string {
  if (typeof json !== "object" || json === null) return "";
  const said = [(json as { title?: unknown }).title, (json as { detail?: unknown }).detail];
  const texts = said.filter((text) => typeof text === "string").map(plain);
  return texts.length > 0 ? ` (${texts.join(": ")})` : "";
}

function cursorOf(page: unknown): string | null {
  if (typeof page !== "object" || page === null || !("next_cursor" in page)) return null;
  return typeof page.next_cursor === "string" && page.next_cursor !== "" ? page.next_cursor : null;
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? plain(cause.message) : String(cause);
}

/** What others wrote, in one line that leaves the terminal as it is. */
const plain = (text: string): string => text.replace(/\p{Cc}+/gu, " ").slice(0, 300);
