/** The statement of a resource's own policy that refuses whoever comes without TLS, whatever else lets him in. */

/** @param action all that there is to be refused: `s3:*` */
export const refuseWithoutTls = (action: string, resources: string | readonly string[]) => ({
  Sid: "RefuseWithoutTls",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
