/** Every alarm's description leads to a chapter of docs/runbook.md. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { pipelineNames } from "@penstock/lake/names.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { Testing } from "cdktf";
import { PipelineAlarms } from "./constructs/pipeline-alarms.ts";
import { metering } from "./testing/metering.ts";

const runbook = readFileSync(join(toolchain.repository, "docs/runbook.md"), "utf8");
const chapters = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = ""]) =>
  title.toLowerCase().replaceAll(" ", "-"),
);

/** The chapters that the alarms of a pipeline name. */
function named(pipeline: (typeof pipelines)[number]): readonly string[] {
  const names = pipelineNames({ name: "dev" }, pipeline.name);
  const text = Testing.synthScope((stack) => {
    new PipelineAlarms(stack, "alarms", {
      pipeline,
      environment: "dev",
      names,
      machineArn: "arn:aws:states:eu-west-1:111111111111:stateMachine:m",
      functions: [names.function("plan-run")],
      deadLetters: names.deadLetters,
      apiId: pipeline.serves === undefined ? null : "api",
      topicArn: "arn:aws:sns:eu-west-1:111111111111:t",
    });
  });
  return [...text.matchAll(/docs\/runbook\.md#([\w-]+)/g)].map(([, chapter = ""]) => chapter);
}

test.each([...pipelines, metering].map((pipeline) => [pipeline.name, pipeline] as const))(
  "the alarms of %s lead to the runbook",
  (_, pipeline) => {
    const found = named(pipeline);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((chapter) => !chapters.includes(chapter))).toEqual([]);
  },
);

test("the runbook's own links lead to chapters, too", () => {
  const links = [...runbook.matchAll(/\]\(#([\w-]+)\)/g)].map(([, chapter = ""]) => chapter);
  expect(links.filter((chapter) => !chapters.includes(chapter))).toEqual([]);
});
