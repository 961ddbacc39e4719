/** One Lambda function: what AWS's configuration of it would say. */
export interface LambdaFunction {
  readonly name: string;
  /** The bundle's folder, and `file.export` in it, such as `index.handler`. */
  readonly folder: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The queue of the events that it could not take. */
  readonly deadLetters?: string;
}

/** What an invocation ends with; `payload` is JSON text. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  /** Set when the function failed: the payload then holds `errorType` and `errorMessage`. */
  readonly failed: boolean;
  /** The invocation's log lines. */
  readonly log: readonly string[];
}

/** The payload of a failure, under the name that AWS gives it. */
export function failurePayload(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}
