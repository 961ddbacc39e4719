/** `20261120T201512Z-3f9a1c`: when the run was claimed, to the second in UTC, and six random digits. */
export function newRunId(now: Date, randomHex: (digits: number) => string): string {
  const time = now.toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  return `${time}-${randomHex(6)}`;
}
