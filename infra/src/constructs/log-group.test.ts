import { expect, test } from "@jest/globals";
import { keyArn } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { LogGroup } from "./log-group.ts";

const group = (retentionDays?: number) =>
  made((scope) => {
    new LogGroup(scope, "logs", {
      name: "/x",
      keyArn,
      ...(retentionDays === undefined ? {} : { retentionDays }),
    });
  }).one("aws_cloudwatch_log_group");

test("it is encrypted, forgets after a while, and goes when it is destroyed", () => {
  expect(group()).toMatchObject({
    name: "/x",
    kms_key_id: keyArn,
    retention_in_days: 30,
    skip_destroy: false,
  });
  expect(group(365)).toMatchObject({ retention_in_days: 365 });
});
