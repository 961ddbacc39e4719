/** What a construct makes, as Terraform is given it. */

import { Testing } from "cdktf";
import type { Construct } from "constructs";

/** A resource's attributes, by Terraform's names. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface Made {
  /** The resources of a type, such as `aws_s3_bucket`; no order is promised. */
  all(type: string): readonly Attributes[];
  /** The resource of a type. @throws Error unless there is exactly one */
  one(type: string): Attributes;
  /** The types of what is made, each once, sorted. */
  readonly types: readonly string[];
  /** All of it as text: what a secret must not be in. */
  readonly text: string;
}

/** Synthesises what a function puts into an empty stack. */
export function made(build: (scope: Construct) => void): Made {
  const text = Testing.synthScope((scope) => build(scope));
  return madeOf(text);
}

/** What a stack's `cdk.tf.json` holds. */
export function madeOf(text: string): Made {
  const { resource = {} }: { resource?: Record<string, Record<string, Attributes>> } = JSON.parse(text);
  const all = (type: string) => Object.values(resource[type] ?? {});
  return {
    all,
    one: (type) => {
      const [only, ...more] = all(type);
      if (only === undefined || more.length > 0) {
        throw new Error(`expected one ${type}, found ${all(type).length} among ${Object.keys(resource)}`);
      }
      return only;
    },
    types: Object.keys(resource).sort(),
    text,
  };
}

/** A JSON document that is an attribute: a policy, a definition, an event's pattern. */
export function json(attributes: Attributes, name: string) {
  return JSON.parse(String(attributes[name]));
}
