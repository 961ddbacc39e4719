/** A failure that is told in plain words: what, where, what to do next. Exit code 1, no stack trace. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The command was used wrongly. Exit code 2. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}
