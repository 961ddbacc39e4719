/** A pipeline's state machine: versioned, traced, its states logged without their data. */

import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine/index.js";
import { stateMachineLogGroup } from "@penstock/lake/log-groups.ts";
import type { Environment } from "@penstock/lake/names.ts";
import type { Asl } from "@penstock/workflows/asl.ts";
import { Construct } from "constructs";
import type { PolicyDocument } from "../access/policy-document.ts";
import { literal } from "../literal.ts";
import { LogGroup } from "./log-group.ts";
import { ServiceRole } from "./service-role.ts";

export interface StateMachineProps {
  readonly name: string;
  readonly environment: Environment;
  readonly keyArn: string;
  /** Its definition, every name filled in. */
  readonly definition: Asl;
  readonly policy: PolicyDocument;
  /** @default 30 */
  readonly logRetentionDays?: number;
}

export class StateMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    const logs = new LogGroup(this, "logs", {
      name: stateMachineLogGroup(props.name),
      keyArn: props.keyArn,
      ...(props.logRetentionDays === undefined ? {} : { retentionDays: props.logRetentionDays }),
    });
    const role = new ServiceRole(this, "role", {
      name: `${props.name}-states`,
      description: `The state machine ${props.name}`,
      service: "states.amazonaws.com",
      environment: props.environment,
      policy: props.policy,
    });
    const machine = new SfnStateMachine(this, "machine", {
      name: props.name,
      roleArn: role.arn,
      definition: literal(JSON.stringify(props.definition)),
      publish: true,
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: "ALL",
        // an event names files, and a failure may quote what is in them
        includeExecutionData: false,
        logDestination: `${logs.arn}:*`,
      },
      dependsOn: [...role.policies],
    });
    this.arn = machine.arn;
  }
}
