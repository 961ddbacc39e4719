import { invalid } from "../aws-error.ts";
import type { CloudWatchLogs, LogEvent } from "../cloudwatch-logs.ts";
import { type JsonObject, optionalNumber, optionalText, requiredText, textList } from "../json.ts";
import { page } from "../page.ts";
import type { JsonService } from "./json-protocol.ts";

/** What AWS gives in one answer unless it is asked for less. */
const mostEvents = 10_000;

/** CloudWatch Logs' API: which groups there are, and their lines. */
export function cloudWatchLogsApi(logs: CloudWatchLogs): JsonService {
  return {
    name: "CloudWatch Logs",
    target: "Logs_20140328",
    operations: {
      DescribeLogGroups: (input) => {
        const prefix = optionalText(input, "logGroupNamePrefix") ?? "";
        const { items, next } = page(
          logs.groups().filter((name) => name.startsWith(prefix)),
          optionalText(input, "nextToken"),
          optionalNumber(input, "limit") ?? 50,
        );
        return { logGroups: items.map((name) => ({ logGroupName: name })), nextToken: next };
      },
      FilterLogEvents: (input) => {
        if (optionalText(input, "filterPattern")) {
          throw invalid(
            "NotImplemented: this laptop knows no filterPattern; filter the lines that it gives.",
          );
        }
        const found = logs.events(groupOf(input), {
          ...span(input),
          streams: textList(input, "logStreamNames"),
          streamPrefix: optionalText(input, "logStreamNamePrefix"),
        });
        const { items, next } = page(
          found,
          optionalText(input, "nextToken"),
          optionalNumber(input, "limit") ?? mostEvents,
        );
        return {
          events: items.map((event) => ({
            ...eventJson(event),
            eventId: event.id,
            logStreamName: event.stream,
          })),
          nextToken: next,
        };
      },
      GetLogEvents: (input) => getLogEvents(logs, input),
    },
  };
}

/** Reads on from a token, `f/<n>` or `b/<n>`; the same token again says that there is no more. */
function getLogEvents(logs: CloudWatchLogs, input: JsonObject): JsonObject {
  const streams = [requiredText(input, "logStreamName")];
  const found = logs.events(groupOf(input), { ...span(input), streams });
  const most = optionalNumber(input, "limit") ?? mostEvents;
  const token = optionalText(input, "nextToken");
  const [start, end] = rangeOf(token, found.length, most, input.startFromHead === true);
  return {
    events: found.slice(start, end).map(eventJson),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${start}`,
  };
}

function rangeOf(
  token: string | undefined,
  count: number,
  most: number,
  fromHead: boolean,
): readonly [start: number, end: number] {
  if (token === undefined) return fromHead ? [0, Math.min(count, most)] : [Math.max(0, count - most), count];
  const [, way, text] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  const at = Number(text);
  if (way === undefined || at > count)
    throw invalid(`The token '${token}' is not one that this stream gave.`);
  return way === "f" ? [at, Math.min(count, at + most)] : [Math.max(0, at - most), at];
}

const groupOf = (input: JsonObject): string =>
  optionalText(input, "logGroupName") ??
  requiredText(input, "logGroupIdentifier").replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, "");

const span = (input: JsonObject) => ({
  from: optionalNumber(input, "startTime"),
  to: optionalNumber(input, "endTime"),
});

const eventJson = ({ timestamp, message }: LogEvent): JsonObject => ({
  timestamp,
  message,
  ingestionTime: timestamp,
});
