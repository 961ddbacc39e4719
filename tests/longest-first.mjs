import Sequencer from "@jest/test-sequencer";

/** What takes minutes: begun last, it leaves the other cores without work. A fresh clone has no times to go by. */
const longest = [
  "infra/deployed.test.ts",
  "golden-cases/golden.test.ts",
  "end-to-end/real-files-by-folder.test.ts",
  "end-to-end/kill-anywhere.test.ts",
  "end-to-end/killed-within.test.ts",
];

const isLong = ({ path }) => longest.some((name) => path.endsWith(name));

/** The order of test files: the longest, then as Jest has them. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
