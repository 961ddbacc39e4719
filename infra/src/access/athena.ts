/** Athena: a query runs with the rights of whoever starts it, down to the writing of its result. */

import { bucketArn, dataCatalogArn, objectArn, workGroupArn } from "@penstock/lake/arns.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import { readDatabase } from "./catalogue.ts";
import { decrypt, encrypt } from "./encryption-key.ts";
import type { Grant } from "./grant.ts";
import type { Place } from "./place.ts";

/** Fetching what queries returned. */
export function readResults(place: Place): Grant[] {
  const { queryResults } = bucketNames(place.environment);
  return [
    {
      name: "ReadQueries",
      actions: ["athena:GetQueryExecution", "athena:GetQueryResults"],
      resources: [workGroupArn(place.environment)],
    },
    { name: "Read", actions: ["s3:GetObject"], resources: [objectArn(queryResults, "*")] },
    decrypt("s3", place),
  ];
}

/** Starting queries, waiting for their end, and stopping them when nobody waits any more. */
export function startQueries(place: Place): Grant[] {
  const { environment } = place;
  const { queryResults } = bucketNames(environment);
  return [
    {
      name: "StartQueries",
      actions: ["athena:StartQueryExecution", "athena:StopQueryExecution", "athena:GetQueryExecution"],
      resources: [workGroupArn(environment)],
    },
    { name: "ReadDataCatalog", actions: ["athena:GetDataCatalog"], resources: [dataCatalogArn(environment)] },
    // Athena looks at it before any query, whatever the query's own database is
    readDatabase("default", place),
    {
      name: "UseResults",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucketArn(queryResults)],
    },
    {
      name: "WriteResults",
      actions: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      resources: [objectArn(queryResults, "*")],
    },
    ...encrypt("s3", place),
  ];
}
