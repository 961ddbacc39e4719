import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { openLedger } from "@penstock/lake/ledger.ts";
import { openLookups } from "@penstock/lake/lookups.ts";
import { lakeUrl, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { athenaQueries } from "@penstock/lake/queries.ts";
import { openSeriesFigures } from "@penstock/lake/series-figures.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { WrongUsage } from "../failure.ts";
import { inEnvironment } from "./environment.ts";
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
  return await inEnvironment(name, async ({ environment, pipelines }) => {
    if (about !== undefined && !pipelines.includes(about)) {
      const names = pipelines.map((pipeline) => pipeline.name).join(", ");
      throw new WrongUsage(`environment "${name}" has no pipeline "${about.name}"; it has ${names}`);
    }
    return await work(sessionOn(environment, pipelines));
  });
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
    apis: {},
    place: { daemon: null, home: null },
    whereabouts: `Environment ${name}: account ${account}, ${region}; lake at ${lakeUrl(environment)}`,
    ledger: (pipeline) => openLedger({ table: shared.ledger, pipeline }),
    figures: (pipeline, series) =>
      openSeriesFigures({ ...series, table: pipelineNames(environment, pipeline).figures(series.dataset) }),
    lookups: (pipeline, key) => openLookups({ table: pipelineNames(environment, pipeline).lookup(key), key }),
  };
}
