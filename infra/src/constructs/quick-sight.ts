/** QuickSight over the curated tables: a data source, a data set a table, one analysis and its dashboard. */

import { QuicksightAnalysis } from "@cdktf/provider-aws/lib/quicksight-analysis/index.js";
import { QuicksightDashboard } from "@cdktf/provider-aws/lib/quicksight-dashboard/index.js";
import { QuicksightDataSet } from "@cdktf/provider-aws/lib/quicksight-data-set/index.js";
import { QuicksightDataSource } from "@cdktf/provider-aws/lib/quicksight-data-source/index.js";
import type { Column } from "@penstock/contracts/column.ts";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { Construct } from "constructs";
import { literal } from "../literal.ts";
import { type DrawnDataSet, quickSightDefinition } from "../quick-sight-definition.ts";

export interface QuickSightProps {
  /** What its parts are called: `penstock-dev`. */
  readonly name: string;
  readonly workGroup: string;
  readonly database: string;
  /** The tables that are shown; never one with personal data in clear. */
  readonly datasets: readonly Dataset[];
  /** The ARN of the QuickSight user or group that owns all of it. */
  readonly owner: string;
}

export class QuickSight extends Construct {
  constructor(scope: Construct, id: string, props: QuickSightProps) {
    super(scope, id);
    const { name, owner } = props;
    const { arn: dataSourceArn } = new QuicksightDataSource(this, "athena", {
      dataSourceId: name,
      name,
      type: "ATHENA",
      parameters: { athena: { workGroup: props.workGroup } },
      permission: [{ principal: owner, actions: [...allOf("DataSource", dataSourceActions)] }],
    });
    const drawn = props.datasets.map((dataset): DrawnDataSet => {
      const { arn } = this.dataSet(dataset, dataSourceArn, props);
      return { dataset, arn };
    });
    const definition = quickSightDefinition(drawn);
    new QuicksightAnalysis(this, "analysis", {
      analysisId: name,
      name,
      definition,
      // gone when it is destroyed, rather than kept for a month
      recoveryWindowInDays: 0,
      permissions: [{ principal: owner, actions: allOf("Analysis", analysisActions) }],
    });
    new QuicksightDashboard(this, "dashboard", {
      dashboardId: name,
      name,
      definition,
      versionDescription: "As the contracts say",
      permissions: [{ principal: owner, actions: allOf("Dashboard", dashboardActions) }],
    });
  }

  private dataSet(dataset: Dataset, dataSourceArn: string, props: QuickSightProps): QuicksightDataSet {
    const table = tableNames(dataset).curated;
    return new QuicksightDataSet(this, table, {
      dataSetId: `${props.name}-${table}`,
      name: table,
      // each look asks Athena: nothing is copied to a second place
      importMode: "DIRECT_QUERY",
      physicalTableMap: [
        {
          physicalTableMapId: table.replaceAll("_", "-"),
          relationalTable: {
            catalog: "AwsDataCatalog",
            schema: props.database,
            name: table,
            dataSourceArn,
            inputColumns: Object.entries(dataset.columns).map(([column, { kind }]) => ({
              name: literal(column),
              type: typeOf(kind),
            })),
          },
        },
      ],
      permissions: [{ principal: props.owner, actions: allOf("DataSet", dataSetActions) }],
    });
  }
}

/** QuickSight's names of the types of a data set's columns. */
function typeOf(kind: Column["kind"]): string {
  switch (kind) {
    case "string":
    case "oneOf":
      return "STRING";
    case "boolean":
      return "BOOLEAN";
    case "integer":
    case "long":
      return "INTEGER";
    case "double":
    case "decimal":
      return "DECIMAL";
    case "date":
    case "timestamp":
      return "DATETIME";
    default:
      return kind satisfies never;
  }
}

const usual = ["Describe", "Update", "Delete"] as const;
const dataSourceActions = [...usual, "Pass"] as const;
const dataSetActions = [...usual, "Pass"] as const;
const analysisActions = [...usual, "Query", "Restore"] as const;
const dashboardActions = [...usual, "List", "Query"] as const;

/** What an owner may do with one kind of thing, by QuickSight's names: all that its console asks for. */
function allOf(kind: string, verbs: readonly string[]): string[] {
  const plural = (verb: string) => (verb === "List" ? `List${kind}Versions` : `${verb}${kind}`);
  const permissions = [`Describe${kind}Permissions`, `Update${kind}Permissions`];
  const published = kind === "Dashboard" ? ["UpdateDashboardPublishedVersion"] : [];
  const ingested =
    kind === "DataSet" ? ["DescribeIngestion", "ListIngestions", "CreateIngestion", "CancelIngestion"] : [];
  return [...verbs.map(plural), ...permissions, ...published, ...ingested].map(
    (action) => `quicksight:${action}`,
  );
}
