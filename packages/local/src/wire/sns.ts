import { AwsError } from "../aws-error.ts";
import type { Sns } from "../sns.ts";
import { entries, type QueryService } from "./query-protocol.ts";

/** SNS's API: topics, and publishing to them. */
export function snsApi(sns: Sns): QueryService {
  return {
    name: "SNS",
    version: "2010-03-31",
    namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
    actions: {
      Publish: (form) => ({
        MessageId: sns.publish({
          topic: required(form, form.has("TargetArn") ? "TargetArn" : "TopicArn"),
          message: required(form, "Message"),
          subject: form.get("Subject") ?? undefined,
          attributes: Object.fromEntries(
            entries(form, "MessageAttributes").map((entry) => [
              required(entry, "Name"),
              { type: required(entry, "Value.DataType"), value: entry.get("Value.StringValue") ?? "" },
            ]),
          ),
        }),
      }),
      CreateTopic: (form) => ({ TopicArn: sns.createTopic(required(form, "Name")) }),
      ListTopics: () => ({ Topics: sns.topics().map((arn) => ({ TopicArn: arn })) }),
    },
  };
}

function required(form: URLSearchParams, field: string): string {
  const value = form.get(field);
  if (value !== null) return value;
  throw new AwsError("InvalidParameter", `Invalid parameter: ${field} is missing`);
}
