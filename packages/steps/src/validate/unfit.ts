/** Why a file is rejected. */
export class Unfit extends Error {
  override readonly name = "Unfit";
}

/** What else than commas is used, and what it is called. */
export const separators: ReadonlyMap<string, string> = new Map([
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"],
]);

export const separatedBy = (word: string): Unfit =>
  new Unfit(`its columns are separated by ${word}; save it with commas`);
