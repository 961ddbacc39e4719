import { NoSuchKey, NotFound, S3ServiceException } from "@aws-sdk/client-s3";

/** Whether S3 says that there is no such object, or no such version of it. */
export const isMissing = (error: unknown): boolean =>
  error instanceof NoSuchKey || error instanceof NotFound || statusOf(error) === 404;

export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
