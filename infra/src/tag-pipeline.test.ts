import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { expect, test } from "@jest/globals";
import { Construct } from "constructs";
import { tagPipeline } from "./tag-pipeline.ts";
import { made } from "./testing/made.ts";

test("what is within carries the pipeline's name beside its own tags; what is beside, or has no tags, does not", () => {
  const all = made((scope) => {
    const within = new Construct(scope, "within");
    tagPipeline(within, "parking");
    new SqsQueue(within, "queue", { name: "in", tags: { own: "tag" } });
    new SqsQueue(scope, "queue", { name: "beside" });
    new AthenaNamedQuery(within, "query", { name: "q", database: "d", query: "SELECT 1" });
  });
  const queues = all.all("aws_sqs_queue").map(({ name, tags }) => [name, tags]);
  expect(Object.fromEntries(queues)).toEqual({ in: { own: "tag", pipeline: "parking" }, beside: undefined });
  expect(all.one("aws_athena_named_query")).not.toHaveProperty("tags");
});
