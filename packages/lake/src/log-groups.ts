/** Where what runs writes its logs, as CloudWatch's log groups. */

/** The log group of a Lambda function. */
export const functionLogGroup = (name: string): string => `/aws/lambda/${name}`;

/** The log group of a state machine; AWS wants the beginning, which all log groups share one resource policy by. */
export const stateMachineLogGroup = (name: string): string => `/aws/vendedlogs/states/${name}`;

/** The log group of an HTTP API's requests; like the state machines', so that no resource policy grows with them. */
export const apiLogGroup = (name: string): string => `/aws/vendedlogs/apis/${name}`;

/** What a job's own log groups begin with, told to Glue by `--custom-logGroup-prefix`: they go with the job. */
export const jobLogPrefix = (job: string): string => `/aws-glue/jobs/${job}`;

/** The groups that Glue writes what a job run prints to, each run in streams that begin with its id. */
export interface JobLogGroups {
  readonly output: string;
  readonly error: string;
}

/** The groups below a prefix; by default those that all jobs of an account share, as on a laptop. */
export const jobLogGroups = (prefix = "/aws-glue/jobs"): JobLogGroups => ({
  output: `${prefix}/output`,
  error: `${prefix}/error`,
});
