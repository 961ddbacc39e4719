/** An encrypted log group whose lines go after a while. */

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { Construct } from "constructs";

export interface LogGroupProps {
  readonly name: string;
  readonly keyArn: string;
  /** One of the numbers of days that CloudWatch knows. @default 30 */
  readonly retentionDays?: number;
}

export class LogGroup extends Construct {
  /** What a writer of it waits for. */
  readonly group: CloudwatchLogGroup;
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    this.group = new CloudwatchLogGroup(this, "group", {
      name: props.name,
      kmsKeyId: props.keyArn,
      retentionInDays: props.retentionDays ?? 30,
      skipDestroy: false,
    });
    this.name = this.group.name;
    this.arn = this.group.arn;
  }
}
