/** What the analysis shows: a sheet, and on it for each table how many rows it has, and how many a day. */

import type { Dataset } from "@penstock/contracts/dataset.ts";

export interface DrawnDataSet {
  readonly dataset: Dataset;
  /** The ARN of its data set in QuickSight. */
  readonly arn: string;
}

/** The blocks of Terraform's `definition`, in Terraform's own names: the bindings know no types of it. */
export function quickSightDefinition(drawn: readonly DrawnDataSet[]): readonly object[] {
  return [
    {
      data_set_identifiers_declarations: drawn.map(({ dataset, arn }) => ({
        data_set_arn: arn,
        identifier: dataset.name,
      })),
      sheets: [
        {
          sheet_id: "overview",
          name: "Overview",
          visuals: drawn.flatMap(({ dataset }) => [rowCount(dataset), ...rowsByDay(dataset)]),
        },
      ],
    },
  ];
}

function rowCount(dataset: Dataset): object {
  return {
    kpi_visual: [
      {
        visual_id: id(dataset, "rows"),
        title: [titled(`Rows of ${dataset.name}`)],
        chart_configuration: [{ field_wells: [{ values: [counted(dataset, "rows")] }] }],
      },
    ],
  };
}

/** None of a table without a time. */
function rowsByDay(dataset: Dataset): object[] {
  const column = dayColumn(dataset);
  if (column === undefined) return [];
  const category = {
    date_dimension_field: [
      {
        field_id: id(dataset, "day"),
        column: [{ data_set_identifier: dataset.name, column_name: column }],
        date_granularity: "DAY",
      },
    ],
  };
  return [
    {
      line_chart_visual: [
        {
          visual_id: id(dataset, "by-day"),
          title: [titled(`Rows of ${dataset.name} by day of ${column}`)],
          chart_configuration: [
            {
              field_wells: [
                {
                  line_chart_aggregated_field_wells: [
                    { category: [category], values: [counted(dataset, "by-day-rows")] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ];
}

/** The time by which the contract judges how fresh it is, else the first there is. */
function dayColumn({ columns, freshness }: Dataset): string | undefined {
  const times = Object.entries(columns).filter(([, { kind }]) => kind === "timestamp" || kind === "date");
  return freshness?.column ?? times[0]?.[0];
}

/** Rows, counted by the first column of the primary key, which every row has. */
function counted(dataset: Dataset, what: string): object {
  const [key = ""] = dataset.primaryKey;
  const field_id = id(dataset, what);
  const column = [{ data_set_identifier: dataset.name, column_name: key }];
  switch (dataset.columns[key]?.kind) {
    case "integer":
    case "long":
    case "double":
    case "decimal":
      return {
        numerical_measure_field: [
          { field_id, column, aggregation_function: [{ simple_numerical_aggregation: "COUNT" }] },
        ],
      };
    case "date":
    case "timestamp":
      return { date_measure_field: [{ field_id, column, aggregation_function: "COUNT" }] };
    default:
      return { categorical_measure_field: [{ field_id, column, aggregation_function: "COUNT" }] };
  }
}

const titled = (text: string): object => ({ visibility: "VISIBLE", format_text: [{ plain_text: text }] });

const id = ({ name }: Dataset, what: string): string => `${name.replaceAll("_", "-")}-${what}`;
