/** Something the machine lacks: one sentence, with the way to mend it. */
export class MissingOnMachine extends Error {
  override readonly name = "MissingOnMachine";
}

/** The command that installs a system package, as far as it can be told from the platform. */
export function installHint(packages: { apt: string; brew: string }, platform = process.platform): string {
  return platform === "darwin" ? `brew install ${packages.brew}` : `sudo apt-get install ${packages.apt}`;
}
