/** What constructs are given in tests. */

import { type EnvironmentConfig, type EnvironmentInput, environmentNamed } from "../config.ts";

export const account = "111111111111";
export const region = "eu-west-1";
export const keyArn = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;
export const topicArn = `arn:aws:sns:${region}:${account}:alarms`;
export const queueArn = `arn:aws:sqs:${region}:${account}:dead-letters`;
export const roleArn = `arn:aws:iam::${account}:role/starter`;
export const functionArn = `arn:aws:lambda:${region}:${account}:function:penstock-dev-parking-take`;
export const machineArn = `arn:aws:states:${region}:${account}:stateMachine:penstock-dev-parking`;

/** The environment `dev`, with what a test says otherwise. */
export const exampleEnvironment = (says: Partial<EnvironmentInput> = {}): EnvironmentConfig =>
  environmentNamed("dev", { dev: { account, region, ...says } }, []);

/** A policy of one statement. */
export const policy = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::x/y"] }],
} as const;

/** The bytes of a text. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** How HTTP APIs are by default. */
export const environmentApi = exampleEnvironment().api;
