/** What a user needs after a deploy: where files go, what is started, where to look. */

import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { bucketNames, pipelineNames, sharedNames, stateMachineArn, topicArn } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";

/**
 * Everything is a function of the configuration, but for where HTTP APIs answer.
 *
 * @param apiUrls by pipeline
 */
export function outputs(
  environment: EnvironmentConfig,
  pipelines: readonly Pipeline[],
  apiUrls: Readonly<Record<string, string>>,
) {
  const { lake, queryResults, state } = bucketNames(environment);
  const { workGroup, database, alarms } = sharedNames(environment);
  return {
    environment: environment.name,
    account: environment.account,
    region: environment.region,
    buckets: { lake, query_results: queryResults, state },
    workgroup: workGroup,
    database,
    alarms_topic_arn: topicArn(environment, alarms),
    analysts_role_arn: `arn:aws:iam::${environment.account}:role/${workGroup}-analysts`,
    pipelines: Object.fromEntries(
      pipelines.map(({ name, trigger }) => {
        const names = pipelineNames(environment, name);
        return [
          name,
          {
            drop: `s3://${lake}/${trigger.prefix}`,
            state_machine_arn: stateMachineArn(environment, names.stateMachine),
            topic_arn: topicArn(environment, names.topic),
            dashboard: names.stateMachine,
            api_url: apiUrls[name] ?? null,
          },
        ];
      }),
    ),
  };
}

/** The same for a person, with what to type next. */
export function outputLines(found: ReturnType<typeof outputs>): readonly string[] {
  const pipelines = Object.entries(found.pipelines);
  const [first = ""] = Object.keys(found.pipelines);
  return [
    `${found.environment} in ${found.region}, account ${found.account}`,
    `  lake           s3://${found.buckets.lake}/`,
    `  Athena         workgroup ${found.workgroup}, database ${found.database}`,
    `  analysts       ${found.analysts_role_arn}`,
    `  alarms         ${found.alarms_topic_arn}`,
    ...pipelines.flatMap(([name, pipeline]) => [
      name,
      `  drop files to  ${pipeline.drop}`,
      `  state machine  ${pipeline.state_machine_arn}`,
      `  notices        ${pipeline.topic_arn}`,
      `  dashboard      ${pipeline.dashboard}`,
      ...(pipeline.api_url === null ? [] : [`  API URL        ${pipeline.api_url}`]),
    ]),
    "Next:",
    `  pnpm penstock run ${first} --input FILE --env ${found.environment}`,
    `  pnpm penstock status --env ${found.environment}`,
    `  pnpm penstock sql --list`,
  ];
}
