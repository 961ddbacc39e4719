/** What went wrong in Terraform, and what to type next. */

import { basename } from "node:path";

/** An error as Terraform tells it. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  /** The resource's, where it is about one. */
  readonly address?: string;
}

/** Terraform's errors in full, with the command that releases a held lock, or takes over what is there already. */
export function toldFailure(folder: string, verb: string, errors: readonly Diagnostic[]): string {
  const lines = errors.map(({ summary, detail, address }) =>
    [address === undefined ? "" : `${address}: `, summary, detail ? `\n${detail}` : ""].join(""),
  );
  const text = lines.join("\n\n");
  const lock = /ID:\s+([0-9a-f-]{36})/.exec(text)?.[1];
  const taken = errors.flatMap((error) => (isTaken(error) ? (error.address ?? []) : []));
  const next = [
    ...(lock === undefined ? [] : [released(folder, lock)]),
    ...taken.map((address) => takenOver(folder, address)),
  ];
  const otherwise = "Run the same command again when that is mended: it goes on where it was.";
  return [
    `terraform ${verb} of ${basename(folder)} failed:`,
    text,
    ...(next.length > 0 ? next : [otherwise]),
  ].join("\n\n");
}

const released = (folder: string, lock: string): string =>
  "Somebody else's deploy holds the lock, or one was cut off. If none is running, release it:\n" +
  `  terraform -chdir=${folder} force-unlock ${lock}`;

/** AWS has it, and Terraform's state does not. */
const isTaken = ({ summary, detail = "" }: Diagnostic): boolean =>
  /already ?exists|AlreadyOwnedByYou/i.test(`${summary} ${detail}`);

function takenOver(folder: string, address: string): string {
  const type = address.split(".")[0]?.replace("aws_", "") ?? "";
  return (
    `${address} is there, and not in Terraform's state. If a deploy made it that was killed, take it over, and run the same command again:\n` +
    `  terraform -chdir=${folder} import ${address} ID\n` +
    `What its ID is: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/${type}#import`
  );
}
