/** The run ledger: one table for all pipelines, of which a pipeline sees its own items. */

import { keyValueTableArn } from "@penstock/lake/arns.ts";
import { sharedNames } from "@penstock/lake/names.ts";
import { decrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";

export const readLedger = (place: PipelinePlace): Grant[] => [
  ownItems("ReadLedger", ["dynamodb:GetItem", "dynamodb:Query"], place),
  decrypt("dynamodb", place),
];

export const writeLedger = (place: PipelinePlace): Grant[] => [
  ownItems("WriteLedger", ["dynamodb:PutItem"], place),
  decrypt("dynamodb", place),
];

function ownItems(name: string, actions: readonly string[], { environment, pipeline }: PipelinePlace): Grant {
  return {
    name,
    actions,
    resources: [keyValueTableArn(environment, sharedNames(environment).ledger)],
    condition: {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [pipeline.name] },
      // of no key at all, any condition holds for all
      Null: { "dynamodb:LeadingKeys": ["false"] },
    },
  };
}
