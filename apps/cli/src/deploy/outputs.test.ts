import { expect, test } from "@jest/globals";
import { environmentNamed } from "@penstock/infra/config.ts";
import { metering } from "@penstock/infra/testing/metering.ts";
import { outputLines, outputs } from "./outputs.ts";

const environment = environmentNamed("dev", { dev: { account: "111111111111", region: "eu-west-1" } }, []);
const { serves: _, ...silent } = { ...metering, name: "silent" };

test("where an API answers is told of a pipeline that has one", () => {
  const url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com";
  const found = outputs(environment, [metering, silent], { metering: url });
  expect(found.pipelines["metering"]).toMatchObject({
    drop: "s3://penstock-dev-lake-111111111111-eu-west-1/raw/metering/",
    api_url: url,
  });
  expect(found.pipelines["silent"]).toMatchObject({ api_url: null });
  const lines = outputLines(found).filter((line) => line.includes("API URL"));
  expect(lines).toEqual([`  API URL        ${url}`]);
});
