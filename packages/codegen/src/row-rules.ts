import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import { ast, Dialect, parse } from "@polyglot-sql/sdk";

/**
 * Checks that the row rules of a dataset are Spark SQL over its columns.
 *
 * @throws ContractError for the first that is not
 */
export function checkRowRules(dataset: Dataset): void {
  const known = Object.keys(dataset.columns);
  for (const { name, predicate } of dataset.rows) {
    const where = { dataset: dataset.name, problem: `rule "${name}"` };
    const parsed = parse(`SELECT * FROM ${dataset.name} WHERE ${predicate}`, Dialect.Spark);
    const [statement] = parsed.success ? (parsed.ast ?? []) : [];
    if (statement === undefined) {
      throw new ContractError({
        ...where,
        found: predicate,
        expected: `a predicate in Spark SQL: ${parsed.error}`,
      });
    }
    const found = ast.getColumnNames(statement).find((column) => !known.includes(column.toLowerCase()));
    if (found !== undefined)
      throw new ContractError({ ...where, found, expected: "a column of the dataset", known });
  }
}
