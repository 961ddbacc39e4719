/** An error as an AWS service answers it: a code that clients switch on, a message, and an HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** What the service called it while it spoke the query protocol, where clients still go by that. */
  readonly queryCode: string | undefined;

  constructor(code: string, message: string, status = 400, queryCode?: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.queryCode = queryCode;
  }
}

/** The refusal of an operation that the laptop does not know, which names those that it does. */
export function unknownOperation(service: string, operation: string, supported: readonly string[]): AwsError {
  return new AwsError(
    "UnknownOperationException",
    `NotImplemented: ${service} on this laptop does not know ${operation}; it knows ${supported.join(", ")}.`,
  );
}

/** The error of an input that lacks a field or holds one of the wrong kind. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
