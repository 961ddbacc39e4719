import type { LambdaEvent } from "hono/aws-lambda";

/**
 * API Gateway unescapes a path before it hands it over. What would then end the path, or be no path at all, is escaped
 * again, so that `/records/a%23b` asks for `a#b` and never for `a`, nor `/records/a%00` for it. A body, which no request needs, is left behind: a
 * GET that has one could not be made.
 */
export function unambiguous(event: LambdaEvent): LambdaEvent {
  if (!("rawPath" in event)) return event;
  const rawPath = event.rawPath.replaceAll(/[?#\\\s\p{Cc}]|%(?![0-9a-f]{2})/giu, encodeURIComponent);
  return { ...event, rawPath, body: null };
}
