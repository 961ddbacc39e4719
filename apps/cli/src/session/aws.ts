import { ConfigError, type EnvironmentConfig } from "@penstock/infra/config.ts";
import { loadEnvironment } from "@penstock/infra/load-environment.ts";
import { openLedger } from "@penstock/lake/ledger.ts";
import { openLookups } from "@penstock/lake/lookups.ts";
import { lakeUrl, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { athenaQueries } from "@penstock/lake/queries.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { WrongUsage } from "../failure.ts";
import { assertAccount } from "./aws-account.ts";
import { toldByAws } from "./aws-failure.ts";
import { assertReads } from "./reading-sql.ts";
import type { Session } from "./session.ts";
import { typedCommand } from "./typed-command.ts";

/**
 * Does work in an environment on AWS, as whoever the user's own credentials say.
 *
 * @param name as `infra/environments.ts` has it
 * @param about the pipeline that it is about, if it is about one
 * @throws WrongUsage, Failure
 */
export async function onAws<T>(
  name: string,
  about: Pipeline | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const config = await environmentCalled(name);
  const deployed = pipelinesOf(config);
  if (about !== undefined && !deployed.includes(about)) {
    const names = deployed.map((pipeline) => pipeline.name).join(", ");
    throw new WrongUsage(`environment "${name}" has no pipeline "${about.name}"; it has ${names}`);
  }
  pointClientsAt(config);
  try {
    await assertAccount(config);
    return await work(sessionOn(config, deployed));
  } catch (error) {
    throw toldByAws(error, config);
  }
}

async function environmentCalled(name: string): Promise<EnvironmentConfig> {
  try {
    return await loadEnvironment(name);
  } catch (error) {
    throw error instanceof ConfigError ? new WrongUsage(`--env: ${error.message}`) : error;
  }
}

const pipelinesOf = ({ pipelines: asked }: EnvironmentConfig): readonly Pipeline[] =>
  asked === "all" ? pipelines : pipelines.filter(({ name }) => asked.includes(name));

/** AWS clients read these; whose credentials they use is the user's to say. */
function pointClientsAt({ region, endpoint }: EnvironmentConfig): void {
  process.env.AWS_REGION = region;
  if (endpoint !== null) process.env.AWS_ENDPOINT_URL = endpoint;
}

function sessionOn(environment: EnvironmentConfig, deployed: readonly Pipeline[]): Session {
  const { name, account, region } = environment;
  const shared = sharedNames(environment);
  const queries = athenaQueries(shared);
  const typedTexts = () => import("@penstock/local/athena/typed-texts.ts");
  return {
    environment,
    pipelines: deployed,
    firstCommand: typedCommand({ environment }, "run <pipeline> --input <file>"),
    async query(sql) {
      assertReads(sql);
      return await queries.run(sql);
    },
    async answer(sql) {
      assertReads(sql);
      const result = await queries.paged(sql);
      return {
        scanned: result.scanned,
        texts: async () => result,
        async *json() {
          yield* (await typedTexts()).jsonOfTexts(result);
        },
        arrow: async () => (await typedTexts()).arrowOfTexts(result),
        parquet: async (path) => (await typedTexts()).exportTexts(result, path),
      };
    },
    lakeUrl: lakeUrl(environment),
    // Step Functions and DynamoDB are paid by request, and throttled
    askEvery: 2000,
    logs: "CloudWatch Logs",
    place: { daemon: null, home: null },
    whereabouts: `Environment ${name}: account ${account}, ${region}; lake at ${lakeUrl(environment)}`,
    ledger: (pipeline) => openLedger({ table: shared.ledger, pipeline }),
    lookups: (pipeline, key) => openLookups({ table: pipelineNames(environment, pipeline).lookup(key), key }),
  };
}
