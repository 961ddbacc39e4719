/** What everything is called, as a function of the environment: no name is written down anywhere else. */

/** One installation of Penstock. */
export interface Environment {
  /** `local` on a laptop, else as its configuration calls it: `dev`, `prod`. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** The namespace of Penstock's metrics in CloudWatch. */
export const metricsNamespace = "Penstock";

/** The laptop. */
export const local: Environment = { name: "local", account: "000000000000", region: "eu-west-1" };

/** The names that all pipelines of an environment share. */
export interface SharedNames {
  /** The run ledger's DynamoDB table. */
  readonly ledger: string;
  readonly workGroup: string;
  /** The database of the catalogue. */
  readonly database: string;
  /** The secret that holds the key of pseudonyms. */
  readonly pseudonymSecret: string;
  /** The catalogue's name in a job's SQL, the same everywhere. */
  readonly catalog: string;
  /** The alias of the KMS key that everything stored is encrypted with. */
  readonly keyAlias: string;
  /** The topic of alarms and of the budget. */
  readonly alarms: string;
}

export function sharedNames(environment: Pick<Environment, "name">): SharedNames {
  const prefix = `penstock-${environment.name}`;
  return {
    ledger: `${prefix}-ledger`,
    workGroup: prefix,
    database: environment.name === "local" ? "penstock" : `penstock_${snake(environment.name)}`,
    pseudonymSecret: `${prefix}-pseudonym-key`,
    catalog: "glue_catalog",
    keyAlias: `alias/${prefix}`,
    alarms: `${prefix}-alarms`,
  };
}

/** The buckets of an environment on AWS; their names are unique in the world by account and region. */
export interface BucketNames {
  /** Raw files, tables, quarantine, the records of runs: the root of the lake. */
  readonly lake: string;
  /** What jobs run: scripts, the runtime, jars. */
  readonly code: string;
  /** Athena's results. */
  readonly queryResults: string;
  /** Who read what: the access logs of the others. */
  readonly accessLogs: string;
  /** Terraform's state. */
  readonly state: string;
}

export function bucketNames({ name, account, region }: Environment): BucketNames {
  const called = (what: string) => `penstock-${name}-${what}-${account}-${region}`;
  return {
    lake: called("lake"),
    code: called("code"),
    queryResults: called("results"),
    accessLogs: called("access"),
    state: called("state"),
  };
}

/** The root of the lake on AWS; a laptop's is a folder. */
export const lakeUrl = (environment: Environment): string => `s3://${bucketNames(environment).lake}/`;

/** What every function of a pipeline finds in its own environment. */
export function functionSettings(
  environment: Environment,
  pipeline: string,
  lake: string,
): Readonly<Record<string, string>> {
  const { ledger, database, workGroup } = sharedNames(environment);
  return {
    ENVIRONMENT: environment.name,
    LAKE_URL: lake,
    LEDGER_TABLE: ledger,
    DATABASE: database,
    WORKGROUP: workGroup,
    TOPIC_ARN: topicArn(environment, pipelineNames(environment, pipeline).topic),
  };
}

/** The names of what one pipeline has for itself. */
export interface PipelineNames {
  readonly job: string;
  readonly stateMachine: string;
  readonly topic: string;
  /** The queue of events that could not be delivered. */
  readonly deadLetters: string;
  /** A function, by its app: `plan-run`. */
  readonly function: (app: string) => string;
  /** A lookup table, by its key: `site_id`. */
  readonly lookup: (key: string) => string;
  /** The table of a series' rows, by its dataset: `energy_readings`. */
  readonly series: (dataset: string) => string;
  /** The table of a series' figures. */
  readonly figures: (dataset: string) => string;
  /** The HTTP API. */
  readonly api: string;
}

export function pipelineNames(environment: Pick<Environment, "name">, pipeline: string): PipelineNames {
  const name = `penstock-${environment.name}-${pipeline}`;
  return {
    job: name,
    stateMachine: name,
    topic: name,
    deadLetters: `${name}-dead-letters`,
    function: (app) => `${name}-${app}`,
    lookup: (key) => `${name}-${kebab(key)}`,
    series: (dataset) => `${name}-${kebab(dataset)}`,
    figures: (dataset) => `${name}-${kebab(dataset)}-figures`,
    api: name,
  };
}

export function functionArn({ region, account }: Environment, name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

export function topicArn({ region, account }: Environment, name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

export function stateMachineArn({ region, account }: Environment, name: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

export function executionArn(
  { region, account }: Environment,
  stateMachine: string,
  execution: string,
): string {
  return `arn:aws:states:${region}:${account}:execution:${stateMachine}:${execution}`;
}

/** What fills a state machine's names, but for its functions' ARNs. */
export function definitionNames(
  environment: Environment,
  pipeline: string,
  lakeUrl: string,
): Readonly<Record<string, string>> {
  const shared = sharedNames(environment);
  const own = pipelineNames(environment, pipeline);
  return {
    JobName: own.job,
    TopicArn: topicArn(environment, own.topic),
    WorkGroup: shared.workGroup,
    Database: shared.database,
    LakeUrl: lakeUrl,
    PseudonymSecret: shared.pseudonymSecret,
    Catalog: shared.catalog,
  };
}

const kebab = (name: string): string => name.replaceAll("_", "-");
const snake = (name: string): string => name.replaceAll("-", "_");
