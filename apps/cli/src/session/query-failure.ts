/** Whether a query was refused or failed, here or on Athena: not that nobody could be asked. */
export const isQueryFailure = (error: unknown): error is Error =>
  error instanceof Error && (error.name === "AthenaError" || error.name === "QueryFailed");

/** Whether a query failed because a table is not there, or not yet. */
export const isTableMissing = (error: unknown): boolean =>
  isQueryFailure(error) &&
  (Reflect.get(error, "code") === "TABLE_NOT_FOUND" || error.message.startsWith("TABLE_NOT_FOUND"));
