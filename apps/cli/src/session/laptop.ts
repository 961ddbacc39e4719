import { openLedger } from "@penstock/lake/ledger.ts";
import { openLookups } from "@penstock/lake/lookups.ts";
import { local, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { openSeriesFigures } from "@penstock/lake/series-figures.ts";
import { connect, defaultHome } from "@penstock/local/client.ts";
import type { Home } from "@penstock/local/home.ts";
import { bundleFunctions } from "../bundles.ts";
import { begin } from "../console.ts";
import { ensureSetUp } from "../setting-up.ts";
import { laptopTables } from "./laptop-tables.ts";
import type { Session } from "./session.ts";

/** The laptop has a home, and a daemon that answers AWS's protocols at a URL. */
export interface Laptop extends Session {
  readonly home: Home;
  readonly url: string;
}

/** Sets up what is missing, starts the daemon if it is down, and points the AWS clients at it. */
export async function openLaptop(): Promise<Laptop> {
  await ensureSetUp();
  await bundleFunctions();
  const home = defaultHome();
  let line: ReturnType<typeof begin> | undefined;
  const { url, apis } = await connect({
    home: home.root,
    onProgress: (text: string) => {
      line ??= begin("Starting the local daemon");
      line.update(text);
    },
  });
  line?.done("(it ends after ten idle minutes, or by: pnpm penstock stop)");
  pointClientsAt(url);
  return {
    ...laptopTables(home),
    home,
    url,
    lakeUrl: home.lakeUrl,
    askEvery: 150,
    logs: home.logs,
    apis,
    place: { daemon: url, home: home.root },
    whereabouts: `Answering AWS's protocols at ${url}; state in ${home.root}`,
    ledger: (pipeline) => openLedger({ table: sharedNames(local).ledger, pipeline }),
    figures: (pipeline, series) =>
      openSeriesFigures({ ...series, table: pipelineNames(local, pipeline).figures(series.dataset) }),
    lookups: (pipeline, key) => openLookups({ table: pipelineNames(local, pipeline).lookup(key), key }),
  };
}

/** AWS clients read these, in this process as in a Lambda function. The laptop checks no credentials. */
function pointClientsAt(url: string): void {
  process.env.AWS_ENDPOINT_URL = url;
  process.env.AWS_REGION = local.region;
  process.env.AWS_ACCESS_KEY_ID = "local";
  process.env.AWS_SECRET_ACCESS_KEY = "local";
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
}
