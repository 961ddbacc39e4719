/** A DynamoDB table as the lake describes it, paid by request: the run ledger, a lookup, a series. */

import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import type { KeyValueTable as Keys } from "@penstock/lake/tables.ts";
import { Construct } from "constructs";

export interface KeyValueTableProps {
  readonly table: Keys;
  readonly keyArn: string;
  /** Whether it may be destroyed. @default false: DynamoDB and Terraform both refuse */
  readonly allowDestroy?: boolean;
  /** The attribute, in epoch seconds, after which an item goes by itself. @default "expires_at_epoch" */
  readonly ttlAttribute?: string;
}

export class KeyValueTable extends Construct {
  constructor(scope: Construct, id: string, { table, keyArn, ...props }: KeyValueTableProps) {
    super(scope, id);
    const { allowDestroy = false, ttlAttribute = "expires_at_epoch" } = props;
    const indexes = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
      name: IndexName,
      ...keysOf(KeySchema),
      projectionType: Projection.ProjectionType,
    }));
    new DynamodbTable(this, "table", {
      name: table.TableName,
      billingMode: table.BillingMode,
      ...keysOf(table.KeySchema),
      attribute: table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => ({
        name: AttributeName,
        type: AttributeType,
      })),
      ...(indexes.length === 0 ? {} : { globalSecondaryIndex: indexes }),
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      pointInTimeRecovery: { enabled: true },
      ttl: { enabled: true, attributeName: ttlAttribute },
      deletionProtectionEnabled: !allowDestroy,
      lifecycle: { preventDestroy: !allowDestroy },
    });
  }
}

function keysOf(schema: Keys["KeySchema"]): { readonly hashKey: string; readonly rangeKey?: string } {
  const key = (type: "HASH" | "RANGE") => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const rangeKey = key("RANGE");
  return { hashKey: key("HASH") ?? "", ...(rangeKey === undefined ? {} : { rangeKey }) };
}
