/** Sending what came to nothing to the pipeline's queue of dead letters. */

import { queueArn } from "@penstock/lake/arns.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { encrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";

export function sendDeadLetters(place: PipelinePlace): Grant[] {
  const { environment, pipeline } = place;
  const { deadLetters } = pipelineNames(environment, pipeline.name);
  return [
    {
      name: "SendDeadLetters",
      actions: ["sqs:SendMessage"],
      resources: [queueArn(environment, deadLetters)],
    },
    ...encrypt("sqs", place),
  ];
}
