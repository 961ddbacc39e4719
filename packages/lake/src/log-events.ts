/** CloudWatch Logs: the lines of a group, within a time. */

import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";

/** One line of a log. */
export interface LogEvent {
  readonly at: Date;
  readonly message: string;
  readonly stream: string;
}

/** Which lines of a group; both ends belong to the time. */
export interface LogSpan {
  readonly from: Date;
  readonly to: Date;
  /** Only of streams that begin with this. */
  readonly stream?: string;
}

export interface LogEvents {
  /** The lines in the order of time; none of a group or stream that is not there (yet). */
  of(group: string, span: LogSpan): Promise<LogEvent[]>;
}

export function cloudWatchLogEvents(client: CloudWatchLogsClient = new CloudWatchLogsClient()): LogEvents {
  return {
    async of(group, { from, to, stream }) {
      const found: LogEvent[] = [];
      const pages = paginateFilterLogEvents(
        { client },
        {
          logGroupName: group,
          startTime: from.getTime(),
          endTime: to.getTime(),
          ...(stream === undefined ? {} : { logStreamNamePrefix: stream }),
        },
      );
      try {
        for await (const page of pages) {
          for (const { timestamp = 0, message = "", logStreamName = "" } of page.events ?? []) {
            found.push({ at: new Date(timestamp), message, stream: logStreamName });
          }
        }
      } catch (error) {
        // a function that was never invoked has no group
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      }
      return found.sort((a, b) => a.at.getTime() - b.at.getTime());
    },
  };
}
