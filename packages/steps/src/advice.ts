/** Advice in lines that a phone need not break; one text where a laptop and AWS need the same. */
interface Advice {
  readonly when: RegExp;
  readonly local: readonly string[];
  readonly aws?: readonly string[];
}

const advice: readonly Advice[] = [
  {
    when: /^GateFailed/,
    local: [
      "Nothing was published.",
      "Mend the file and load it again under its name; or,",
      "if it is right, change the gate in the contract and",
      "run with --again.",
    ],
  },
  {
    when: /no space left on device|ENOSPC/i,
    local: ["The disk is full: free some space, then run it again."],
    aws: ["Its disk is full: load smaller files one by one."],
  },
  {
    when: /out of memory|OutOfMemoryError/i,
    local: ["Close what else needs memory, or load smaller files", "one by one."],
    aws: ["Load smaller files one by one."],
  },
  {
    when: /Spark did not start|JAVA_GATEWAY_EXITED/,
    local: ["Is its Java 17 still there? Mend what Spark runs on", "with: pnpm penstock setup"],
  },
];

/**
 * What a person can do about a failure, in lines of less than 60 characters; none when its own text says all that is
 * known.
 *
 * @param error the failure's name and its cause: `States.TaskFailed: No space left on device`
 */
export function adviceFor(error: string, environment: string): readonly string[] {
  const found = advice.find(({ when }) => when.test(error));
  return (environment === "local" ? found?.local : (found?.aws ?? found?.local)) ?? [];
}
