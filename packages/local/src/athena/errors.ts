/** What Athena's error types are called; `NOT_SUPPORTED` also stands for what only this laptop refuses. */
export type AthenaErrorCode =
  | "SYNTAX_ERROR"
  | "NOT_SUPPORTED"
  | "CATALOG_NOT_FOUND"
  | "SCHEMA_NOT_FOUND"
  | "TABLE_NOT_FOUND"
  | "COLUMN_NOT_FOUND"
  | "AMBIGUOUS_NAME"
  | "FUNCTION_NOT_FOUND"
  | "TYPE_MISMATCH"
  | "EXPRESSION_NOT_AGGREGATE"
  | "INVALID_ARGUMENT"
  | "INVALID_ARGUMENTS"
  | "QUERY_FAILED"
  | "QUERY_CANCELLED"
  | "INTERNAL_ERROR";

/** A query that has no answer, and why: wrong SQL, SQL that only Athena can run, or a row that failed. */
export class AthenaError extends Error {
  override readonly name = "AthenaError";
  readonly code: AthenaErrorCode;

  constructor(code: AthenaErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Valid on Athena, and not answered faithfully here: refused by name.
 *
 * @param what the name of the function or the syntax
 * @param why what is missing, in a few words
 * @param instead what to write so that it runs in both places
 */
export function refuse(what: string, why: string, instead?: string): AthenaError {
  const hint = instead === undefined ? "on Athena it works" : `on Athena it works; here write ${instead}`;
  return new AthenaError("NOT_SUPPORTED", `${what} is not supported here: ${why}; ${hint}`);
}

/** Likewise of what nobody has looked up: Athena may not know it either. */
export function refuseUnknown(what: string, why: string): AthenaError {
  return new AthenaError("NOT_SUPPORTED", `${what} is not supported here: ${why}; Athena may take it`);
}
