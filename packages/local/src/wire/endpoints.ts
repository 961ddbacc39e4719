import { queueArn } from "@penstock/lake/arns.ts";
import { local, stateMachineArn } from "@penstock/lake/names.ts";
import type { Services } from "../services.ts";
import { athenaApi } from "./athena.ts";
import { cloudWatchLogsApi } from "./cloudwatch-logs.ts";
import { glueApi } from "./glue.ts";
import { secretsManagerApi } from "./secrets-manager.ts";
import type { Endpoints } from "./server.ts";
import { snsApi } from "./sns.ts";
import { sqsApi } from "./sqs.ts";
import { stepFunctionsApi } from "./step-functions.ts";
import { stsApi } from "./sts.ts";

/** Every service's API, by the protocol that it speaks; `url` gives the daemon's URL, once it is known. */
export function endpointsOf(services: Services, control: Endpoints["control"], url: () => string): Endpoints {
  return {
    control,
    ...services,
    json: [
      stepFunctionsApi(services.stepFunctions, (machine) => stateMachineArn(local, machine)),
      glueApi(services.glue, services.catalogue),
      athenaApi(services.athena),
      cloudWatchLogsApi(services.logs),
      secretsManagerApi(services.secrets),
      sqsApi(services.sqs, {
        arn: (queue) => queueArn(local, queue),
        url: (queue) => `${url()}/${local.account}/${queue}`,
      }),
    ],
    query: [snsApi(services.sns), stsApi(local.account)],
  };
}
