import { expect, test } from "@jest/globals";
import { environmentApi, functionArn, keyArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { HttpApi, type HttpApiProps } from "./http-api.ts";

const api = (props: Partial<HttpApiProps> = {}) =>
  made((scope) => {
    new HttpApi(scope, "api", {
      name: "penstock-dev-parking",
      description: "What is parked",
      keyArn,
      target: { arn: functionArn, name: "parking-api" },
      ...environmentApi,
      ...props,
    });
  });

test("every request goes to the function, as payload 2.0, and what is changed is deployed", () => {
  const open = api();
  expect(open.one("aws_apigatewayv2_api")).toMatchObject({
    name: "penstock-dev-parking",
    protocol_type: "HTTP",
  });
  expect(open.one("aws_apigatewayv2_integration")).toMatchObject({
    integration_type: "AWS_PROXY",
    integration_uri: functionArn,
    payload_format_version: "2.0",
  });
  expect(open.one("aws_apigatewayv2_route")).toMatchObject({
    route_key: "$default",
    authorization_type: "NONE",
  });
  expect(open.one("aws_apigatewayv2_stage")).toMatchObject({ name: "$default", auto_deploy: true });
});

test("the function lets in this API alone", () => {
  expect(api().one("aws_lambda_permission")).toMatchObject({
    function_name: "parking-api",
    principal: "apigateway.amazonaws.com",
    source_arn: expect.stringMatching(/^\$\{aws_apigatewayv2_api\..*\.execution_arn\}\/\*\/\$default$/),
  });
});

test("it is throttled as the environment says", () => {
  const throttled = (props: Partial<HttpApiProps>) => api(props).one("aws_apigatewayv2_stage");
  expect(throttled({})).toMatchObject({
    default_route_settings: { throttling_rate_limit: 50, throttling_burst_limit: 100 },
  });
  expect(throttled({ throttle: { rate: 5, burst: 9 } })).toMatchObject({
    default_route_settings: { throttling_rate_limit: 5, throttling_burst_limit: 9 },
  });
});

test("each request is a line of JSON in an encrypted log that does not stay for ever, and says nothing of who asked", () => {
  const logged = api({ logRetentionDays: 14 });
  expect(logged.one("aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/vendedlogs/apis/penstock-dev-parking",
    kms_key_id: keyArn,
    retention_in_days: 14,
  });
  const settings = logged.one("aws_apigatewayv2_stage")["access_log_settings"] as Record<string, unknown>;
  expect(settings["destination_arn"]).toMatch(/^\$\{aws_cloudwatch_log_group\..*\.arn\}$/);
  const format = json(settings, "format");
  expect(format).toMatchObject({ status: "$context.status", path: "$context.path" });
  expect(JSON.stringify(format)).not.toMatch(/identity|authorizer|querystring/i);
});

test("by IAM a request must be signed", () => {
  expect(api({ access: "iam" }).one("aws_apigatewayv2_route")).toMatchObject({
    authorization_type: "AWS_IAM",
  });
});

test("by JWT it must bring a token of the issuer, for the audience", () => {
  const closed = api({ access: { jwt: { issuer: "https://login.example.com/", audience: ["meters"] } } });
  expect(closed.one("aws_apigatewayv2_authorizer")).toMatchObject({
    authorizer_type: "JWT",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: { issuer: "https://login.example.com/", audience: ["meters"] },
  });
  expect(closed.one("aws_apigatewayv2_route")).toMatchObject({
    authorization_type: "JWT",
    authorizer_id: expect.stringMatching(/^\$\{aws_apigatewayv2_authorizer\..*\.id\}$/),
  });
});

test("no web page may ask from a browser, but those of the origins, and they may read alone", () => {
  expect(api().one("aws_apigatewayv2_api")).not.toHaveProperty("cors_configuration");
  const shared = api({ cors: { origins: ["https://charts.example.com"] } });
  expect(shared.one("aws_apigatewayv2_api")).toMatchObject({
    cors_configuration: { allow_origins: ["https://charts.example.com"], allow_methods: ["GET", "HEAD"] },
  });
  expect(shared.all("aws_apigatewayv2_route")).toHaveLength(1);
});

test("where one must say who one is, the question beforehand is let through", () => {
  const both = api({ access: "iam", cors: { origins: ["*"] } });
  const of = (type: string, key: string, value: string) =>
    Object.fromEntries(
      both.all(type).map((each) => [String(each[key]).replace(/^.*\/\*\//, ""), each[value]]),
    );
  expect(of("aws_apigatewayv2_route", "route_key", "authorization_type")).toEqual({
    $default: "AWS_IAM",
    "OPTIONS /{proxy+}": "NONE",
  });
  expect(Object.keys(of("aws_lambda_permission", "source_arn", "principal")).sort()).toEqual([
    "$default",
    "OPTIONS/{proxy+}",
  ]);
});
