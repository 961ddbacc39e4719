import type { QueryService } from "./query-protocol.ts";

/** STS's API: who one is, which clients like to ask before anything else. */
export function stsApi(account: string): QueryService {
  return {
    name: "STS",
    version: "2011-06-15",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    actions: {
      GetCallerIdentity: () => ({
        UserId: "local",
        Account: account,
        Arn: `arn:aws:iam::${account}:user/local`,
      }),
    },
  };
}
