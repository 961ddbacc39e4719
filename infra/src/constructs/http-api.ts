/**
 * An HTTP API whose every request goes to one function: throttled, its requests logged, open to whom the environment
 * says.
 */

import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { apiLogGroup } from "@penstock/lake/log-groups.ts";
import { Construct } from "constructs";
import type { EnvironmentConfig } from "../config.ts";
import { literal } from "../literal.ts";
import { LogGroup } from "./log-group.ts";

export interface HttpApiProps {
  readonly name: string;
  readonly description: string;
  readonly keyArn: string;
  /** What answers: a Lambda function, by its ARN and name. */
  readonly target: { readonly arn: string; readonly name: string };
  /** Who may ask, from which web pages, and how often. */
  readonly access: EnvironmentConfig["api"]["access"];
  readonly cors: EnvironmentConfig["api"]["cors"];
  readonly throttle: EnvironmentConfig["api"]["throttle"];
  /** Of the log of requests. @default 30 */
  readonly logRetentionDays?: number;
}

export class HttpApi extends Construct {
  /** What CloudWatch knows it by. */
  readonly id: string;
  /** `https://….execute-api.REGION.amazonaws.com` */
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { access, cors, target } = props;
    const api = new Apigatewayv2Api(this, "api", {
      name: props.name,
      description: literal(props.description),
      protocolType: "HTTP",
      ...(cors === null ? {} : { corsConfiguration: corsRules(cors) }),
    });
    const integration = new Apigatewayv2Integration(this, "integration", {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: target.arn,
      payloadFormatVersion: "2.0",
      // API Gateway waits for no longer
      timeoutMilliseconds: 30_000,
    });
    /** @param path as a permission's ARN spells the route */
    const route = (name: string, routeKey: string, path: string, authorization: Authorization) => {
      new Apigatewayv2Route(this, name, {
        apiId: api.id,
        routeKey,
        target: `integrations/${integration.id}`,
        ...authorization,
      });
      new LambdaPermission(this, `${name}-permission`, {
        statementId: `${props.name}-${name}`,
        action: "lambda:InvokeFunction",
        functionName: target.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: `${api.executionArn}/*/${path}`,
      });
    };
    route("route", "$default", "$default", this.authorization(api.id, access));
    // a browser asks whether it may without saying who it is, and the default route would turn it away:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
    if (cors !== null && access !== "public")
      route("preflight", "OPTIONS /{proxy+}", "OPTIONS/{proxy+}", anybody);
    const logs = new LogGroup(this, "logs", {
      name: apiLogGroup(props.name),
      keyArn: props.keyArn,
      ...(props.logRetentionDays === undefined ? {} : { retentionDays: props.logRetentionDays }),
    });
    new Apigatewayv2Stage(this, "stage", {
      apiId: api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.arn, format: JSON.stringify(logged) },
      defaultRouteSettings: {
        throttlingRateLimit: props.throttle.rate,
        throttlingBurstLimit: props.throttle.burst,
      },
    });
    this.id = api.id;
    this.url = api.apiEndpoint;
  }

  private authorization(apiId: string, access: HttpApiProps["access"]): Authorization {
    if (access === "public") return anybody;
    if (access === "iam") return { authorizationType: "AWS_IAM" };
    const { issuer, audience } = access.jwt;
    const authorizer = new Apigatewayv2Authorizer(this, "authorizer", {
      apiId,
      name: "jwt",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer, audience },
    });
    return { authorizationType: "JWT", authorizerId: authorizer.id };
  }
}

interface Authorization {
  readonly authorizationType: "NONE" | "AWS_IAM" | "JWT";
  readonly authorizerId?: string;
}

const anybody: Authorization = { authorizationType: "NONE" };

/** Reading alone; the headers are those of an IAM signature, of a token, and of asking for what has changed. */
function corsRules({ origins }: NonNullable<HttpApiProps["cors"]>) {
  return {
    allowOrigins: [...origins],
    allowMethods: ["GET", "HEAD"],
    allowHeaders: [
      "authorization",
      "if-none-match",
      "x-amz-content-sha256",
      "x-amz-date",
      "x-amz-security-token",
    ],
    exposeHeaders: ["etag"],
    maxAge: 3600,
  };
}

/**
 * What is logged of a request: neither who asked, nor the query, nor any token.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const logged = {
  time: "$context.requestTime",
  request_id: "$context.requestId",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  integration_status: "$context.integrationStatus",
  integration_error: "$context.integrationErrorMessage",
  error: "$context.error.message",
} as const;
