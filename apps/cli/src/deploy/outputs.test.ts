import { expect, test } from "@jest/globals";
import { environmentNamed } from "@penstock/infra/config.ts";
import { metering } from "@penstock/infra/testing/metering.ts";
import { outputLines, outputs } from "./outputs.ts";

const environment = environmentNamed("dev", { dev: { account: "111111111111", region: "eu-west-1" } }, []);
const { serves: _, ...silent } = { ...metering, name: "silent" };

test("where files go, what is started and where to look is told of each pipeline; of one that has an API, where it answers", () => {
  const url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com";
  const found = outputs(environment, [metering, silent], { metering: url });
  expect(found.pipelines["metering"]).toMatchObject({
    drop: "s3://penstock-dev-lake-111111111111-eu-west-1/raw/metering/",
    api_url: url,
  });
  expect(found.pipelines["silent"]).toMatchObject({ api_url: null });
  const machine = "arn:aws:states:eu-west-1:111111111111:stateMachine:penstock-dev";
  const topic = "arn:aws:sns:eu-west-1:111111111111:penstock-dev";
  expect(found.pipelines["metering"]?.state_machine_arn).toBe(`${machine}-metering`);
  expect(outputLines(found)).toEqual([
    "dev in eu-west-1, account 111111111111",
    "  lake           s3://penstock-dev-lake-111111111111-eu-west-1/",
    "  Athena         workgroup penstock-dev, database penstock_dev",
    "  analysts       arn:aws:iam::111111111111:role/penstock-dev-analysts",
    `  alarms         ${topic}-alarms`,
    "metering",
    "  drop files to  s3://penstock-dev-lake-111111111111-eu-west-1/raw/metering/",
    `  state machine  ${machine}-metering`,
    `  notices        ${topic}-metering`,
    "  dashboard      penstock-dev-metering",
    `  API URL        ${url}`,
    "silent",
    "  drop files to  s3://penstock-dev-lake-111111111111-eu-west-1/raw/metering/",
    `  state machine  ${machine}-silent`,
    `  notices        ${topic}-silent`,
    "  dashboard      penstock-dev-silent",
    "Next:",
    "  pnpm penstock run metering --input FILE --env dev",
    "  pnpm penstock status --env dev",
    "  pnpm penstock sql --list",
  ]);
});
