import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "@penstock/lake/names.ts";
import { Failure } from "../failure.ts";

/** Names are the same in every account, so whoever is somewhere else would see nothing, or the wrong thing. */
export async function assertAccount({ name, account }: Environment): Promise<void> {
  const { Account, Arn } = await new STSClient().send(new GetCallerIdentityCommand({}));
  if (Account === account) return;
  throw new Failure(
    `the AWS credentials are those of account ${Account} (${Arn}), expected ${account}, the account of environment "${name}"; choose others, such as by AWS_PROFILE`,
  );
}
