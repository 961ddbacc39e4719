/** That AWS takes what things are called, checked before Terraform runs into it half-way. */

import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { PipelineFault } from "./check-pipelines.ts";

interface Limit {
  readonly what: string;
  readonly attribute: string;
  readonly most: number;
}

/** What has a name that is made of a pipeline's, by Terraform's types; from the API references of the services. */
const limits: Readonly<Record<string, Limit>> = {
  aws_cloudwatch_dashboard: { what: "dashboard", attribute: "dashboard_name", most: 255 },
  aws_cloudwatch_event_rule: { what: "EventBridge rule", attribute: "name", most: 64 },
  aws_cloudwatch_log_group: { what: "log group", attribute: "name", most: 512 },
  aws_cloudwatch_metric_alarm: { what: "alarm", attribute: "alarm_name", most: 255 },
  aws_dynamodb_table: { what: "DynamoDB table", attribute: "name", most: 255 },
  aws_glue_catalog_table: { what: "table", attribute: "name", most: 255 },
  aws_glue_job: { what: "Glue job", attribute: "name", most: 255 },
  aws_iam_policy: { what: "IAM policy", attribute: "name", most: 128 },
  aws_iam_role: { what: "IAM role", attribute: "name", most: 64 },
  aws_lambda_function: { what: "Lambda function", attribute: "function_name", most: 64 },
  aws_s3_bucket: { what: "bucket", attribute: "bucket", most: 63 },
  aws_scheduler_schedule: { what: "schedule", attribute: "name", most: 64 },
  aws_scheduler_schedule_group: { what: "schedule group", attribute: "name", most: 64 },
  aws_sfn_state_machine: { what: "state machine", attribute: "name", most: 80 },
  aws_sns_topic: { what: "topic", attribute: "name", most: 256 },
  aws_sqs_queue: { what: "queue", attribute: "name", most: 80 },
};

/**
 * Checks that no name is longer than AWS takes, and that none is given twice.
 *
 * @throws PipelineFault naming the pipelines whose names make it so
 */
export function checkNames(stacks: readonly Construct[]): void {
  const owners = new Map<string, string>();
  for (const node of stacks.flatMap((stack) => stack.node.findAll())) {
    if (!TerraformResource.isTerraformResource(node)) continue;
    const limit = limits[node.terraformResourceType];
    const name = limit === undefined ? undefined : attribute(node, limit.attribute);
    if (limit === undefined || name === undefined) continue;
    const called = `the ${limit.what} "${name}"`;
    const owner = ownerOf(node);
    const tooMany = name.length - limit.most;
    if (tooMany > 0) {
      throw new PipelineFault(
        `${owner}: ${called} has ${name.length} characters, and AWS takes ${limit.most}: shorten the pipeline's name by ${tooMany}`,
      );
    }
    const other = owners.get(called);
    if (other !== undefined) {
      throw new PipelineFault(`${owner}: ${called} is of ${other}, too: give one another name`);
    }
    owners.set(called, owner);
  }
}

/** By where it is: the pipelines of a stack are below `pipelines`. */
function ownerOf({ node }: Construct): string {
  const [, part, pipeline] = node.path.split("/");
  return part === "pipelines" && pipeline !== undefined ? `the pipeline ${pipeline}` : "all pipelines";
}

function attribute(resource: TerraformResource, name: string): string | undefined {
  const made: Record<string, Record<string, Record<string, unknown>>> = resource.toTerraform().resource;
  const [byId = {}] = Object.values(made);
  const [attributes = {}] = Object.values(byId);
  const value = attributes[name];
  return typeof value === "string" ? value : undefined;
}
