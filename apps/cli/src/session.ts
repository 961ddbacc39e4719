import { type Ledger, openLedger } from "@penstock/lake/ledger.ts";
import { type Environment, local, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { connect, defaultHome } from "@penstock/local/client.ts";
import type { Home } from "@penstock/local/home.ts";
import { bundleFunctions } from "./bundles.ts";
import { begin } from "./console.ts";
import { ensureSetUp } from "./setting-up.ts";

/** A connection to the environment that the command acts on. */
export interface Session {
  readonly home: Home;
  readonly environment: Environment;
  /** Where AWS's protocols are answered. */
  readonly url: string;
  ledger(pipeline: string): Ledger;
  lookupTable(pipeline: string, key: string): string;
}

/** Sets up what is missing, starts the daemon if it is down, and points the AWS clients at it. */
export async function openSession(): Promise<Session> {
  await ensureSetUp();
  await bundleFunctions();
  const home = defaultHome();
  let line: ReturnType<typeof begin> | undefined;
  const { url } = await connect({
    home: home.root,
    onProgress: (text: string) => {
      line ??= begin("Starting the local daemon");
      line.update(text);
    },
  });
  line?.done();
  pointClientsAt(url, local);
  const names = sharedNames(local);
  return {
    home,
    environment: local,
    url,
    ledger: (pipeline) => openLedger({ table: names.ledger, pipeline }),
    lookupTable: (pipeline, key) => pipelineNames(local, pipeline).lookup(key),
  };
}

/** AWS clients read these, in this process as in a Lambda function. The laptop checks no credentials. */
function pointClientsAt(url: string, environment: Environment): void {
  process.env.AWS_ENDPOINT_URL = url;
  process.env.AWS_REGION = environment.region;
  process.env.AWS_ACCESS_KEY_ID = "local";
  process.env.AWS_SECRET_ACCESS_KEY = "local";
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
}
