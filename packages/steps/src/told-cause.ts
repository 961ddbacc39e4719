/** What may be told of a failure: Spark, Python and Athena quote rows in their messages. */

/**
 * Failures whose causes are texts of Glue and Athena. Every other is Penstock's own, or of a function: those read no
 * row, only what the tables hold of it.
 */
const foreign = /^(States\.(?!Timeout$)|Glue\.|Athena\.|QueryFailed$)/;

/** Sentences of services that hold no value of a row. */
const harmless: readonly RegExp[] = [
  /out of memory/i,
  /No space left on device/i,
  /Spark's JVM ended during the run/,
  /Spark did not start/,
  /(?<=FileChangedError: ).+ was (deleted|replaced by another content) while it was read\. Nothing is published; the next attempt reads [a-z ]+/,
  /The local daemon ended while this (run was under way|execution ran)/,
  /The local daemon was stopped/,
  /The run was ended after its limit of \d+ minutes/,
  /The job's process (was ended by [A-Z]+|ended with exit code \d+)/,
  /Concurrent runs exceeded/,
];

/** An error's class where a message names it, with the condition that Spark puts after it. */
const errorClass =
  /(?:^|[:;]\s+|Caused by:\s+)(?:[a-z]\w*\.)*([A-Z]\w*(?:Error|Exception|Exit))(?=[:\s]|$)(?::\s+(\[[A-Z][A-Z0-9_.]+\]))?/gm;

/** Athena begins with one: `INVALID_CAST_ARGUMENT: …`. */
const errorCode = /^([A-Z]+(?:_[A-Z]+)+):/;

/**
 * A failure's cause without what may be personal: of a foreign text no more than the names of the errors and what is
 * known to be harmless.
 *
 * @param error the failure's name, such as `GateFailed` or `States.TaskFailed`
 */
export function toldCause(error: string, cause: string): string {
  return foreign.test(error) ? toldText(cause) : cause;
}

/** The same of a text whose origin is not known. */
export function toldText(text: string): string {
  return namedErrors(text).join(", ") || "its message may quote rows";
}

/** The errors that a text names, the first three of them; none when there is nothing that can be told. */
export function namedErrors(text: string): string[] {
  const sentences = harmless.flatMap((known) => known.exec(text)?.[0] ?? []);
  const code = errorCode.exec(text)?.[1];
  const classes = [...text.matchAll(errorClass)].map(([, name = "", condition]) =>
    condition === undefined ? name : `${name} ${condition}`,
  );
  return [...new Set([...sentences, ...(code === undefined ? [] : [code]), ...classes])].slice(0, 3);
}
