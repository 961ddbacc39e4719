/** Where what runs writes its logs, as CloudWatch's log groups. */

/** The log group of a Lambda function. */
export const functionLogGroup = (name: string): string => `/aws/lambda/${name}`;

/** The log group of a state machine; AWS wants the beginning, which all log groups share one resource policy by. */
export const stateMachineLogGroup = (name: string): string => `/aws/vendedlogs/states/${name}`;

/** Where Glue writes what a job run prints, each run a stream of its id. */
export const jobLogGroups = { output: "/aws-glue/jobs/output", error: "/aws-glue/jobs/error" } as const;
