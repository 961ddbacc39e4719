import type { Athena } from "../athena.ts";
import { AwsError } from "../aws-error.ts";
import { optionalNumber, optionalText, requiredText, textList } from "../json.ts";
import { page } from "../page.ts";
import { resultPage } from "../query-result.ts";
import { startQuery } from "../step-functions/integrations.ts";
import type { JsonService } from "./json-protocol.ts";

/** Athena's API: start a query, ask how it goes, fetch its rows. */
export function athenaApi(athena: Athena): JsonService {
  return {
    name: "Athena",
    target: "AmazonAthena",
    operations: {
      StartQueryExecution: (input) => ({ QueryExecutionId: startQuery(athena, input) }),
      GetQueryExecution: (input) => ({
        QueryExecution: athena.describe(requiredText(input, "QueryExecutionId"), 1),
      }),
      BatchGetQueryExecution: (input) => ({
        QueryExecutions: (textList(input, "QueryExecutionIds") ?? []).map((id) => athena.describe(id, 1)),
        UnprocessedQueryExecutionIds: [],
      }),
      GetQueryResults: (input) => {
        const size = optionalNumber(input, "MaxResults") ?? 1000;
        if (size < 1 || size > 1000)
          throw new AwsError("InvalidRequestException", "MaxResults must be 1 to 1000");
        const result = athena.result(requiredText(input, "QueryExecutionId"));
        return resultPage(result, optionalText(input, "NextToken"), size);
      },
      StopQueryExecution: (input) => {
        athena.stop(requiredText(input, "QueryExecutionId"));
        return {};
      },
      ListQueryExecutions: (input) => {
        const all = athena.list(optionalText(input, "WorkGroup"));
        const { items, next } = page(
          all,
          optionalText(input, "NextToken"),
          optionalNumber(input, "MaxResults") ?? 50,
        );
        return { QueryExecutionIds: items, NextToken: next };
      },
      GetWorkGroup: (input) => {
        const name = requiredText(input, "WorkGroup");
        athena.checkWorkGroup(name);
        return {
          WorkGroup: {
            Name: name,
            State: "ENABLED",
            Configuration: {
              ResultConfiguration: { OutputLocation: athena.options.resultsUrl },
              EnforceWorkGroupConfiguration: true,
              EngineVersion: {
                SelectedEngineVersion: "AUTO",
                EffectiveEngineVersion: "Athena engine version 3",
              },
            },
          },
        };
      },
    },
  };
}
